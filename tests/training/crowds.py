"""Many people at once, and how many queries a page costs beyond a bare one."""

import datetime as dt

from django.urls import path
from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from accounts.models import Learner, User
from config.urls import urlpatterns as config_urls
from progress.models import Enrolment, LessonProgress
from tests.factories import lessons_of
from tests.statements import statements_of
from tests.training.staff import an_assignment
from training.assignments.models import Obligation
from training.teams.models import Membership

BARE = "/admin/bare/"


class BarePage(WagtailAdminTemplateMixin, TemplateView):
    """A page of Wagtail's admin with nothing on it."""

    page_title = "Bare"


# With `@pytest.mark.urls(__name__)` the site has such a page. By its name trainers may
# open it: `training.middleware` keeps them from Wagtail's own pages.
urlpatterns = [
    path(
        "admin/bare/",
        require_admin_access(BarePage.as_view()),
        name="wagtailadmin_account_bare",
    ),
    *config_urls,
]


def queries_of(client, url):
    """Return how many queries a second visit to the page makes."""
    assert client.get(url).status_code == 200
    return len(statements_of(client.get, url))


def a_crowd(team, course, count):
    """Put people into the team who are all overdue and have begun the first lesson."""
    long_ago = timezone.now() - dt.timedelta(days=60)
    before = User.objects.count()
    users = User.objects.bulk_create(
        [
            User(email=f"crowd{before + n}@example.org", last_name=f"Person {n:04}")
            for n in range(count)
        ]
    )
    learners = Learner.objects.bulk_create(
        [Learner(user=u, created_at=long_ago, last_active_at=long_ago) for u in users]
    )
    Membership.objects.bulk_create(
        [
            Membership(team=team, learner=who, role="member", joined_at=long_ago)
            for who in learners
        ]
    )
    _ask_of(learners, team, course, long_ago)
    _begin(learners, course, long_ago)
    return learners


def _ask_of(learners, team, course, long_ago):
    assignment = an_assignment(course)
    Obligation.objects.bulk_create(
        [
            Obligation(
                assignment=assignment,
                learner=who,
                team=team,
                opens_at=long_ago,
                due_at=timezone.now() - dt.timedelta(days=10),
                time_zone="UTC",
                requirement=assignment.requirement.as_json(),
                created_at=long_ago,
            )
            for who in learners
        ]
    )
    # Only now: giving it out one by one would take long.
    assignment.teams.add(team)


def _begin(learners, course, long_ago):
    enrolments = Enrolment.objects.bulk_create(
        [
            Enrolment(
                learner=who, course_key=course.translation_key, started_at=long_ago
            )
            for who in learners
        ]
    )
    lesson = lessons_of(course)[0]
    LessonProgress.objects.bulk_create(
        [
            LessonProgress(
                enrolment=enrolment,
                lesson_key=lesson.translation_key,
                started_at=long_ago,
                passed_at=long_ago if number % 2 else None,
            )
            for number, enrolment in enumerate(enrolments)
        ]
    )
