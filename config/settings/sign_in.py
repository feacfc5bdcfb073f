"""Settings for accounts: who can have one, and how people sign in."""

from config import environment as env

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
_VALIDATION = "django.contrib.auth.password_validation"
# Length and words that are known, no rules about kinds of characters.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "accounts.fields.LongestPasswordValidator"},
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
]

# Who can create an account, and who needs a second factor.
SIGN_UP_OPEN = env.read_switch("SIGN_UP_OPEN")
ADMIN_REQUIRES_SECOND_FACTOR = env.read_switch("ADMIN_REQUIRES_SECOND_FACTOR")

LOGIN_URL = "account_login"
# Staff go to “My learning”, others to their progress.
LOGIN_REDIRECT_URL = "after_sign_in"
SESSION_ENGINE = "accounts.sessions"
# Unless “keep me signed in” is ticked, because many people share a device.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# In the session, not in a separate cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
ACCOUNT_ADAPTER = "accounts.adapters.account.AccountAdapter"
_WORDED = "accounts.forms.library"
ACCOUNT_FORMS = {
    "login": "accounts.forms.people.SignInForm",
    "signup": "accounts.forms.people.SignUpForm",
    "request_login_code": "accounts.forms.people.SignInCodeForm",
    "reset_password": "accounts.forms.people.NewPasswordForm",
    "add_email": "accounts.forms.people.NewAddressForm",
    "change_email": "accounts.forms.people.CorrectedAddressForm",
    "change_password": f"{_WORDED}.ChangedPasswordForm",
    "set_password": f"{_WORDED}.FirstPasswordForm",
    "reset_password_from_key": f"{_WORDED}.ForgottenPasswordForm",
    "reauthenticate": f"{_WORDED}.PasswordAgainForm",
    "confirm_login_code": f"{_WORDED}.MailedSignInCodeForm",
    "confirm_email_verification_code": f"{_WORDED}.MailedAddressCodeForm",
    "confirm_password_reset_code": f"{_WORDED}.MailedPasswordCodeForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_LOGOUT_REDIRECT_URL = "signed_out"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Changing the address or second factor requires the password again, in case somebody
# # leaves a device unlocked.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Codes instead of links also work if the e-mail is read on another device.
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 10 * 60
# In addition to the library's limits: requesting an e-mail to join a team, and guessing
# its code, somebody's words to carry on with, or the code of tablets. A class that joins together shares one IP address.
ACCOUNT_RATE_LIMITS = {
    "ask_to_join": "60/h/ip,3/h/key",
    "try_attendance_code": "20/m/ip",
    "try_join_code": "20/m/ip",
    "try_resume_words": "20/m/ip",
    "try_tablet_code": "10/m/ip",
    "say_whether_clear": "20/m/ip",
}
MFA_FORMS = {
    "activate_totp": "accounts.forms.second_step.AppForm",
    "deactivate_totp": f"{_WORDED}.NoAppForm",
    "authenticate": f"{_WORDED}.SecondStepForm",
    "reauthenticate": f"{_WORDED}.SecondStepAgainForm",
    "generate_recovery_codes": f"{_WORDED}.NewRecoveryCodesForm",
}
MFA_TOTP_ISSUER = "Anteroom"
# Allows for phones whose clock is off by up to half a minute.
MFA_TOTP_TOLERANCE = 1
# How many proxies add to X-Forwarded-For. Failed attempts are also counted by IP
# address, # which would otherwise be the same for everybody.
ALLAUTH_TRUSTED_PROXY_COUNT = env.read_number("TRUSTED_PROXIES", 0)

# Single sign-on with OpenID Connect, which is off unless a server is set.
OIDC_SERVER_URL = env.read_text("OIDC_SERVER_URL")
OIDC_NAME = env.read_text("OIDC_NAME", "Single sign-on")
# Whether people can sign up this way without an invitation.
OIDC_SIGN_UP_OPEN = env.read_switch("OIDC_SIGN_UP_OPEN")
SOCIALACCOUNT_ADAPTER = "accounts.adapters.single_sign_on.SingleSignOnAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "sso",
                "name": OIDC_NAME,
                "client_id": env.read_text("OIDC_CLIENT_ID"),
                "secret": env.read_text("OIDC_CLIENT_SECRET"),
                "settings": {
                    "server_url": OIDC_SERVER_URL,
                    # Some servers verify addresses but do not say so.
                    "verified_email": env.read_switch("OIDC_TRUSTS_ADDRESSES"),
                },
            }
        ],
    }
}
# The server has verified the address, so it can open the account that has it.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
# The content security policy forbids redirecting a form to another site.
SOCIALACCOUNT_LOGIN_ON_GET = True
