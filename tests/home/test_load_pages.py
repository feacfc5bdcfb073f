import pytest
from django.core.management import call_command

from home.models import HomePage, InformationPage

pytestmark = pytest.mark.django_db


def load(capsys):
    call_command("load_pages")
    return capsys.readouterr().out


def test_the_missing_pages_are_published_below_the_home_page(capsys, client):
    out = load(capsys)

    assert "Created Privacy: /privacy/" in out
    assert InformationPage.objects.live().in_menu().count() == 4
    response = client.get("/privacy/")
    assert response.status_code == 200
    assert "You need no account" in response.content.decode()


def test_a_second_run_changes_nothing_and_says_so(capsys):
    load(capsys)
    before = list(InformationPage.objects.values_list("pk", "latest_revision"))

    assert "Nothing was changed" in load(capsys)
    assert list(InformationPage.objects.values_list("pk", "latest_revision")) == before


def test_a_page_that_an_editor_changed_or_took_offline_is_left_alone(capsys):
    load(capsys)
    page = InformationPage.objects.get(slug="privacy")
    page.title = "Our privacy"
    page.save()
    page.unpublish()

    load(capsys)

    page.refresh_from_db()
    assert page.title == "Our privacy"
    assert not page.live


def test_a_page_that_was_deleted_comes_back(capsys):
    load(capsys)
    InformationPage.objects.get(slug="privacy").delete()

    assert load(capsys) == "Created Privacy: /privacy/\n"


def test_the_pages_can_be_edited_as_any_page(capsys, admin_client):
    load(capsys)
    page = InformationPage.objects.get(slug="privacy")

    response = admin_client.get(f"/admin/pages/{page.pk}/edit/")

    assert response.status_code == 200


def test_the_home_page_stands_at_the_root_of_a_new_site(client):
    home = HomePage.objects.get()

    assert home.url == "/"
    assert client.get("/").status_code == 200
    assert home.get_parent().get_children().count() == 1
