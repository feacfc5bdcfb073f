"""The roles as the migrations make them, in a database that had nothing in it."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.contrib.settings.registry import registry as setting_models
from wagtail.models import Locale, Page, Site, WorkflowPage

from home.actions import add_home_page_in
from tests.factories import UserFactory, a_home
from tests.roles import NAMES, a_person, roles

pytestmark = pytest.mark.django_db


def rights(role):
    """Return all that the role may do: anywhere, on pages, on collections."""
    group = Group.objects.get(name=role)
    names = "permission__codename"
    return (
        set(group.permissions.values_list("codename", flat=True)),
        set(group.page_permissions.values_list(names, flat=True)),
        set(group.collection_permissions.values_list(names, flat=True)),
    )


def test_an_author_writes_drafts_and_adds_pictures():
    assert rights("Author") == (
        {"access_admin", "submit_translation"},
        {"add_page", "change_page"},
        {"add_image", "change_image", "choose_image"},
    )


def test_a_reviewer_reads_and_changes_drafts():
    assert rights("Reviewer") == ({"access_admin"}, {"change_page"}, set())


def test_a_trainer_comes_in_and_sees_no_page():
    assert rights("Trainer") == ({"access_admin", "train"}, set(), set())


def test_an_administrator_runs_the_site():
    anywhere, on_pages, on_collections = rights("Administrator")
    things = ("user", "group", "site", "workflow", "task")
    settings = {f"change_{model._meta.model_name}" for model in setting_models}
    work = {"access_admin", "train", "oversee", "watch_work", "submit_translation"}
    assert anywhere == work | settings | {
        f"{verb}_{thing}" for verb in ("add", "change", "delete") for thing in things
    }
    assert {"publish_page", "bulk_delete_page", "unlock_page"} <= on_pages
    assert {"add_collection", "delete_image", "add_document"} <= on_collections


@pytest.mark.parametrize("model", setting_models, ids=lambda model: model.__name__)
def test_an_administrator_changes_every_setting_of_the_site(model):
    permission = f"{model._meta.app_label}.change_{model._meta.model_name}"
    assert a_person("Administrator").has_perm(permission)


def test_rights_on_pages_begin_at_the_home_page():
    home = Site.objects.get(is_default_site=True).root_page
    for role in NAMES:
        pages = Page.objects.filter(group_permissions__group__name=role)
        assert set(pages) <= {home}


def test_making_the_roles_again_changes_nothing():
    before = {role: rights(role) for role in NAMES}
    roles.make_roles(apps, None)
    roles.make_workflow(apps, None)
    assert {role: rights(role) for role in NAMES} == before


def test_only_an_administrator_publishes(course):
    may = {
        role: course.permissions_for_user(a_person(role)).can_publish()
        for role in NAMES
    }
    assert may == dict.fromkeys(NAMES, False) | {"Administrator": True}


def test_an_administrator_puts_somebody_in_a_role():
    client = Client()
    client.force_login(a_person("Administrator"))
    newcomer = UserFactory()
    client.post(
        reverse("wagtailusers_users:edit", args=[newcomer.pk]),
        {
            "email": newcomer.email,
            "first_name": "Ada",
            "last_name": "Example",
            "is_active": "on",
            "groups": [Group.objects.get(name="Author").pk],
        },
    )
    assert [group.name for group in newcomer.groups.all()] == ["Author"]
    assert not newcomer.is_superuser


class TestInAnotherLanguage:
    """Every role may do the same below the home page of each language."""

    def rights_by_language(self, role):
        group = Group.objects.get(name=role)
        found = {}
        for row in group.page_permissions.all():
            code = row.page.locale.language_code
            found.setdefault(code, set()).add(row.permission.codename)
        return found

    @pytest.fixture
    def spanish(self):
        locale = Locale.objects.create(language_code="es")
        return add_home_page_in(home=a_home(), locale=locale)

    @pytest.mark.parametrize("role", NAMES)
    def test_a_role_has_the_rights_of_the_first(self, role, spanish):
        rights = self.rights_by_language(role)
        assert rights.get("es") == rights.get("en")

    def test_an_author_edits_and_submits_a_page(self, client, spanish, course):
        copy = course.copy_for_translation(spanish.locale)
        client.force_login(a_person("Author"))
        page = client.get(reverse("wagtailadmin_pages:edit", args=[copy.pk]))
        assert "Submit to Clinical review" in page.text

    def test_a_home_page_that_was_made_before_gets_them_too(self, spanish):
        spanish.group_permissions.all().delete()
        WorkflowPage.objects.filter(page=spanish).delete()
        add_home_page_in(home=a_home(), locale=spanish.locale)
        assert spanish.group_permissions.exists()
        assert Page.objects.get(pk=spanish.pk).get_workflow()

    def test_what_an_administrator_set_there_stays(self, spanish):
        kept = spanish.group_permissions.first()
        spanish.group_permissions.exclude(pk=kept.pk).delete()
        add_home_page_in(home=a_home(), locale=spanish.locale)
        assert [*spanish.group_permissions.all()] == [kept]
