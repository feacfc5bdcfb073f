"""A certificate says what was so on its day, for ever, and how it stands now."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from progress.actions import certificates
from progress.models import Certificate
from progress.rules.certification import (
    LessonFacts,
    content_version,
    state_of,
    valid_until,
)
from tests.factories import UserFactory, a_course, lessons_of
from tests.taking_quizzes import give_first_options

NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
moments = st.datetimes(
    dt.datetime(2024, 1, 1),  # noqa: DTZ001
    dt.datetime(2031, 1, 1),  # noqa: DTZ001
    timezones=st.just(dt.UTC),
)


def a_lesson_fact(**fields):
    known = {"key": "k1", "locale": "en", "title": "One", "pass_share": 60}
    return LessonFacts(**known | {"published_at": NOW} | fields)


def test_the_edition_is_the_same_in_any_order_of_lessons():
    one, two = a_lesson_fact(), a_lesson_fact(key="k2", title="Two")
    assert content_version([one, two]) == content_version([two, one])


@pytest.mark.parametrize(
    "change",
    [{"title": "Uno"}, {"locale": "es"}, {"published_at": None}, {"key": "k9"}],
)
def test_another_title_language_or_edition_is_another_version(change):
    assert content_version([a_lesson_fact()]) != content_version(
        [a_lesson_fact(**change)]
    )


def test_the_pass_share_is_no_part_of_the_edition():
    assert content_version([a_lesson_fact()]) == content_version(
        [a_lesson_fact(pass_share=80)]
    )


def test_without_months_it_never_expires():
    assert valid_until(NOW, None, "UTC") is None


def test_it_holds_to_the_end_of_the_day_where_the_site_is():
    assert valid_until(NOW, 24, "Europe/Madrid") == dt.datetime(
        2028, 3, 2, 22, 59, 59, tzinfo=dt.UTC
    )
    last_of_august = dt.datetime(2026, 8, 31, 9, tzinfo=dt.UTC)
    assert valid_until(last_of_august, 6, "UTC").date() == dt.date(2027, 2, 28)


@given(moments, st.integers(1, 120), st.sampled_from(["UTC", "Pacific/Kiritimati"]))
def test_it_always_outlasts_its_own_day(issued_at, months, zone):
    assert valid_until(issued_at, months, zone) > issued_at + dt.timedelta(days=27)


@given(st.booleans(), st.booleans(), st.booleans(), st.none() | moments, moments)
def test_only_what_nothing_speaks_against_is_valid(revoked, replaced, due, until, at):
    state = state_of(
        is_revoked=revoked,
        is_replaced=replaced,
        valid_until=until,
        is_update_due=due,
        at=at,
    )
    expired = bool(until and until < at)
    assert (state == "valid") == (not (revoked or replaced or due or expired))
    assert (state == "revoked") == revoked


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, "valid"),
        ({"is_update_due": True}, "update_due"),
        ({"is_update_due": True, "valid_until": NOW - dt.timedelta(1)}, "expired"),
        ({"is_replaced": True, "valid_until": NOW - dt.timedelta(1)}, "replaced"),
        ({"is_replaced": True, "is_revoked": True}, "revoked"),
    ],
)
def test_the_gravest_reason_is_told(facts, state):
    nothing = {
        "is_revoked": False,
        "is_replaced": False,
        "is_update_due": False,
        "valid_until": None,
    }
    assert state_of(**nothing | facts, at=NOW) == state


@pytest.fixture
def certificate(client, course):
    """The certificate of a visitor who finished the course of two lessons."""
    return completed(client, course)


def completed(client, course):
    for lesson in lessons_of(course):
        give_first_options(client, lesson)
    return Certificate.objects.get()


@pytest.mark.django_db
def test_it_freezes_course_lessons_rule_and_edition(certificate, course):
    first, second = lessons_of(course)
    stated = certificate.statement
    assert stated["course"] == course.title
    assert stated["course_key"] == str(course.translation_key)
    assert stated["lessons"] == [first.title, second.title]
    assert stated["pass_shares"] == [60, 60]
    assert (
        "every critical question was answered correctly at least once"
        in stated["policy"]
    )
    assert dt.datetime.fromisoformat(stated["completed"]) == certificate.issued_at
    first.title = "Changed"
    first.save()
    certificate.refresh_from_db()
    assert certificate.statement == stated


@pytest.mark.django_db
def test_it_is_valid_for_as_long_as_the_course_says(client):
    course = a_course(lessons=1, certificate_valid_months=6, cpd_hours=1.5)
    certificate = completed(client, course)
    assert certificate.valid_until.time() == dt.time(23, 59, 59)
    days = (certificate.valid_until - certificate.issued_at).days
    assert 180 <= days <= 185
    assert certificate.statement["cpd_hours"] == 1.5
    course.certificate_valid_months, course.cpd_hours = None, 2
    course.save()
    certificate.refresh_from_db()
    assert certificate.valid_until
    assert certificate.statement["cpd_hours"] == 1.5


@pytest.mark.django_db
def test_issued_again_the_old_one_stays_and_says_the_same(certificate):
    by = UserFactory()
    before = Certificate.objects.values().get()
    again = certificates.reissue_certificate(
        certificate=certificate, reason="Lost", by=by, at=timezone.now()
    )
    old = Certificate.objects.values().get(pk=certificate.pk)
    assert {name for name in old if old[name] != before[name]} == {"replaced_at"}
    assert again.serial != certificate.serial
    assert (again.statement, again.replaces) == (certificate.statement, certificate)
    assert (again.issue_reason, again.issued_by) == ("Lost", by)
    assert again.enrolment.certificate == again
    with pytest.raises(certificates.UnableToReissue):
        certificates.reissue_certificate(
            certificate=certificate, reason="Lost", by=by, at=timezone.now()
        )
    assert Certificate.objects.count() == 2


@pytest.mark.django_db
def test_revoked_twice_it_keeps_the_first_reason(certificate):
    by = UserFactory()
    for reason in ("Somebody else answered", "Another"):
        certificates.revoke_certificate(
            certificate=certificate, reason=reason, by=by, at=timezone.now()
        )
    certificate.refresh_from_db()
    assert certificate.revoked_reason == "Somebody else answered"
    assert certificate.state(timezone.now(), is_update_due=True) == "revoked"


@pytest.mark.django_db
def test_a_revoked_certificate_is_not_issued_anew_by_itself(
    client, certificate, course, lesson
):
    certificates.revoke_certificate(
        certificate=certificate, reason="x", by=UserFactory(), at=timezone.now()
    )
    client.post(lesson.url + "quiz/again/", {"which": "all"})
    give_first_options(client, lesson)
    assert Certificate.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fault",
    [
        {"revoked_at": NOW},
        {"revoked_reason": "Why"},
        {"replaces": True},
        {"replaced_at": None},
    ],
)
def test_the_database_refuses_what_cannot_be(certificate, fault):
    fault = {
        "enrolment": certificate.enrolment,
        "issued_at": NOW,
        "statement": {},
        "replaced_at": NOW,
    } | fault
    if fault.get("replaces"):
        fault["replaces"] = certificate
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.create(**fault)
