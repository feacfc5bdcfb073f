"""The admin is guarded wherever the site serves it."""

import pytest
from django.urls import reverse

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.urls("tests.admin_elsewhere")
def test_a_second_factor_is_asked_for_wherever_the_admin_is(client, settings):
    settings.ADMIN_REQUIRES_SECOND_FACTOR = True
    client.force_login(UserFactory(is_superuser=True))
    home = reverse("wagtailadmin_home")
    assert home == "/desk/"
    assert client.get(home).url == reverse("mfa_activate_totp")
