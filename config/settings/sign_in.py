"""Settings of accounts: who may have one, and how people sign in."""

from config import environment as env

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Who may make an account, and who needs a second factor.
SIGN_UP_OPEN = env.read_switch("SIGN_UP_OPEN")
ADMIN_REQUIRES_SECOND_FACTOR = env.read_switch("ADMIN_REQUIRES_SECOND_FACTOR")

LOGIN_URL = "account_login"
# Staff go on to what they are asked to learn, others to their progress.
LOGIN_REDIRECT_URL = "after_sign_in"
SESSION_ENGINE = "accounts.sessions"
# Unless “keep me signed in” is ticked: many share a device.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# In the session, not in a cookie of its own.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
ACCOUNT_ADAPTER = "accounts.adapters.account.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.people.SignInForm",
    "signup": "accounts.forms.people.SignUpForm",
    "request_login_code": "accounts.forms.people.SignInCodeForm",
    "reset_password": "accounts.forms.people.NewPasswordForm",
    "add_email": "accounts.forms.people.NewAddressForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_LOGOUT_REDIRECT_URL = "signed_out"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# A new address or second factor asks for the password again: devices are left open.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Codes, not links: they also work when the mail is read on another device.
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
# Beside the library's own limits: asking for an e-mail into a team, guessing its code.
# A class that joins together shares one address.
ACCOUNT_RATE_LIMITS = {
    "ask_to_join": "60/h/ip,3/h/key",
    "try_join_code": "20/m/ip",
}
MFA_FORMS = {"activate_totp": "accounts.forms.second_step.AppForm"}
MFA_TOTP_ISSUER = "Anteroom"
# Phones whose clock is up to half a minute off.
MFA_TOTP_TOLERANCE = 1
# How many servers stand in front and add to X-Forwarded-For; bad tries are counted
# by address too, which would otherwise be the same one for everybody.
ALLAUTH_TRUSTED_PROXY_COUNT = env.read_number("TRUSTED_PROXIES", 0)

# Single sign-on by OpenID Connect: off unless a server is named.
OIDC_SERVER_URL = env.read_text("OIDC_SERVER_URL")
OIDC_NAME = env.read_text("OIDC_NAME", "Single sign-on")
# Whether somebody comes in that way whom nobody invited.
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
                    # Some servers vouch for addresses without saying so.
                    "verified_email": env.read_switch("OIDC_TRUSTS_ADDRESSES"),
                },
            }
        ],
    }
}
# The server knows whose address it is: it opens the account that has it.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
# A form would be sent on to another site, which the content security policy forbids.
SOCIALACCOUNT_LOGIN_ON_GET = True
