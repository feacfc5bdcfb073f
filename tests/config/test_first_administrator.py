import io
import re

from django.contrib.auth import authenticate
from django.core.management import call_command

from accounts.models import User


def create():
    output = io.StringIO()
    call_command("create_first_administrator", stdout=output)
    return output.getvalue()


def test_the_printed_words_sign_the_administrator_in(db):
    said = create()
    email, password = re.findall(r"(?:e-mail|password) {2,}(\S+)\n", said)
    user = authenticate(username=email, password=password)
    assert user.is_superuser
    assert user.is_staff


def test_nothing_is_said_or_made_once_there_is_a_user(db):
    create()
    assert create() == ""
    assert User.objects.count() == 1
