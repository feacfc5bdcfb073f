import secrets

from django.core.management.base import BaseCommand

from accounts.models import User

EMAIL = "admin@localhost"


class Command(BaseCommand):
    help = (
        "If the site has no users, create an administrator and print the e-mail address"
        " and password once. Otherwise do nothing."
    )

    def handle(self, **options):
        if User.objects.exists():
            return
        password = secrets.token_urlsafe(12)
        User.objects.create_superuser(EMAIL, password)
        self.stdout.write(
            "\n  An administrator was created. Write this down, as it is only shown "
            "once:\n"
            f"      e-mail    {EMAIL}\n"
            f"      password  {password}\n"
            "  Sign in at /account/ and change both there.\n"
        )
