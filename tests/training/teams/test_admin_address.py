"""Trainers stay in the training rooms wherever the site serves the admin."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/admin/", "/desk/"])
def test_trainers_see_teams_and_no_pages(door, settings, address):
    if address == "/desk/":
        settings.ROOT_URLCONF = "tests.admin_elsewhere"
    assert reverse("teams:index") == f"{address}training/teams/"
    assert door.get(reverse("teams:index")).status_code == 200
    refused = door.get(reverse("wagtailadmin_explore_root"))
    assert refused.status_code == 403 or refused.url == address
