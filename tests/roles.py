"""People in their roles, as the migrations make the roles."""

from importlib import import_module

from django.apps import apps
from django.contrib.auth.models import Group
from wagtail.models import Collection

from tests.factories import UserFactory, a_home

roles = import_module("authoring.review.migrations.0002_roles_and_workflow")
training_roles = import_module("training.teams.migrations.0002_roles")
jobs_roles = import_module("jobs.migrations.0002_permit_administrators")
NAMES = tuple(roles.ON_MODELS)


def a_person(role):
    """Return a new user in the role."""
    make_roles()
    person = UserFactory()
    person.groups.add(Group.objects.get(name=role))
    return person


def make_roles():
    """Make the roles anew where a test with real transactions emptied the database."""
    if not Group.objects.filter(name__in=NAMES).exists():
        a_home()
        Collection.get_first_root_node() or Collection.add_root(name="Root")
        roles.make_roles(apps, None)
        roles.make_workflow(apps, None)
        training_roles.permit_roles(apps, None)
        jobs_roles.permit_administrators(apps, None)
