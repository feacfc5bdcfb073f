"""The forms of the account library that are only worded anew."""

from allauth.account import forms
from allauth.mfa.base import forms as second_step
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp.forms import DeactivateTOTPForm

from accounts.forms.plain import PlainErrors


class ChangedPasswordForm(PlainErrors, forms.ChangePasswordForm):
    pass


class FirstPasswordForm(PlainErrors, forms.SetPasswordForm):
    pass


class ForgottenPasswordForm(PlainErrors, forms.ResetPasswordKeyForm):
    pass


class PasswordAgainForm(PlainErrors, forms.ReauthenticateForm):
    pass


class MailedSignInCodeForm(PlainErrors, forms.ConfirmLoginCodeForm):
    pass


class MailedAddressCodeForm(PlainErrors, forms.ConfirmEmailVerificationCodeForm):
    pass


class MailedPasswordCodeForm(PlainErrors, forms.ConfirmPasswordResetCodeForm):
    pass


class SecondStepForm(PlainErrors, second_step.AuthenticateForm):
    pass


class SecondStepAgainForm(PlainErrors, second_step.ReauthenticateForm):
    pass


class NewRecoveryCodesForm(PlainErrors, GenerateRecoveryCodesForm):
    pass


class NoAppForm(PlainErrors, DeactivateTOTPForm):
    pass
