"""The holder's certificate, its public check, and what trainers do to it."""

import datetime as dt
import re
import sys
import zlib

import pytest
from django.test import Client
from django.utils import timezone

from progress.models import Certificate
from tests.factories import UserFactory, a_course, lessons_of
from tests.roles import a_person
from tests.taking_quizzes import give_first_options
from tests.training.proof import change_for_safety, complete
from tests.training.staff import Role, a_member, a_team, a_trainer, an_assignment
from training.certificates.queries.certificates import with_state
from training.teams import log
from training.teams.actions.memberships import leave_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return a_team()


@pytest.fixture
def learner(team):
    return a_member(team, first_name="Anna", last_name="Berg")


@pytest.fixture
def certificate(client, team, learner, course):
    """The certificate of what was asked of somebody in a team; the client is theirs."""
    an_assignment(course, team)
    return complete(client, learner, course)


def test_a_course_that_nobody_assigned_is_not_the_trainers_business(
    client, team, learner, course
):
    certificate = complete(client, learner, course)
    trainer = as_user(a_trainer(team))
    assert admin(certificate) not in trainer.get("/admin/training/certificates/").text
    assert trainer.get(admin(certificate)).status_code == 404


def path_of(certificate, more=""):
    return f"/my-learning/certificates/{certificate.serial}/{more}"


def check(certificate):
    """Return the public page of the certificate as a stranger reads it."""
    return Client().get(f"/certificates/{certificate.serial}/")


def admin(certificate, more=""):
    return f"/admin/training/certificates/{certificate.serial}/{more}"


def as_user(user):
    client = Client()
    client.force_login(user)
    return client


def test_the_completed_course_leads_to_the_certificate(client, certificate, course):
    for page in (course.url, "/progress/"):
        assert path_of(certificate) in client.get(page).text
    text = client.get(path_of(certificate)).text
    assert "Anna Berg" in text
    assert course.title in text
    assert "pass mark 60%" in text
    assert "It does not expire." in text
    assert f"/certificates/{certificate.serial}/" in text
    assert "<svg" in text


def test_a_patient_without_an_account_has_one_too(client, course):
    for lesson in lessons_of(course):
        give_first_options(client, lesson)
    certificate = Certificate.objects.get()
    text = client.get(path_of(certificate)).text
    assert "whose name we do not keep" in text
    assert "Show my name" not in text
    assert "we delete your data 90 days after your last answer" in text
    assert path_of(certificate) in client.get("/progress/").text


def test_nobody_else_opens_it(certificate):
    assert "/account/login/" in Client().get(path_of(certificate)).url
    other = as_user(UserFactory())
    for more in ("", "print/", "pdf/"):
        assert other.get(path_of(certificate, more)).status_code == 404
    other.post(path_of(certificate), {"shows": "yes"})
    certificate.refresh_from_db()
    assert not certificate.shows_name


def test_a_certificate_of_before_the_facts_were_frozen_still_shows(client, certificate):
    certificate.statement = {"course": "Old course", "lessons": ["One", "Two"]}
    certificate.save()
    for more in ("", "print/"):
        text = client.get(path_of(certificate, more)).text
        assert "Old course" in text
        assert "Two" in text
        assert "pass mark" not in text
    assert "Old course" in check(certificate).text


def test_the_check_page_shows_the_name_only_if_the_holder_lets_it(client, certificate):
    assert "Anna" not in check(certificate).text
    client.post(path_of(certificate), {"shows": "yes"})
    assert "Anna Berg" in check(certificate).text
    client.post(path_of(certificate))
    assert "Anna" not in check(certificate).text


def test_the_check_page_is_for_no_search_engine_and_no_cookie(certificate):
    response = check(certificate)
    assert "This certificate is valid" in response.text
    assert '<meta name="robots" content="noindex">' in response.text
    assert not response.cookies


def test_a_number_is_found_however_it_is_typed(certificate):
    typed = " ".join([certificate.serial[:7].upper(), f"-{certificate.serial[7:]}"])
    page = Client().get("/certificates/", {"number": typed}, follow=True)
    assert page.redirect_chain[0][0] == f"/certificates/{certificate.serial}/"
    assert "This certificate is valid" in page.text


@pytest.mark.parametrize("typed", ["", "   ", "../admin", "ä"])
def test_what_is_no_number_is_said_to_be_none(typed):
    text = Client().get("/certificates/", {"number": typed}).text
    assert "Enter the number exactly as it appears on the certificate." in text


def test_an_unknown_number_is_a_clear_page_of_its_own():
    response = Client().get("/certificates/0123456789abcdef0123/")
    assert response.status_code == 404
    assert "Certificate not found" in response.text
    assert 'value="0123456789abcdef0123"' in response.text


@pytest.mark.sweep
def test_who_checks_too_often_waits(certificate):
    for _time in range(60):
        assert check(certificate).status_code == 200
    assert check(certificate).status_code == 429


def test_every_state_is_told_and_the_gravest_first(certificate, course):
    change_for_safety(lessons_of(course)[0])
    assert "Update due" in check(certificate).text
    certificate.valid_until = timezone.now() - dt.timedelta(days=1)
    certificate.save()
    assert "This certificate has expired" in check(certificate).text
    certificate.replaced_at = timezone.now()
    certificate.save()
    assert "This certificate has been replaced" in check(certificate).text
    certificate.revoked_at, certificate.revoked_reason = timezone.now(), "A secret"
    certificate.save()
    text = check(certificate).text
    assert "This certificate has been revoked" in text
    assert "A secret" not in text


def test_states_of_many_cost_as_many_queries_as_of_one(
    client, certificate, course, team, django_assert_num_queries
):
    rows = Certificate.objects.select_related("enrolment__learner__user")
    with django_assert_num_queries(3):
        assert len(with_state(rows.all(), timezone.now())) == 1
    change_for_safety(lessons_of(course)[0])
    for expected in (1, 3):
        while Certificate.objects.count() < expected:
            complete(client, a_member(team), course)
        with django_assert_num_queries(7):
            assert len(with_state(rows.all(), timezone.now())) == expected


def test_it_says_until_when_the_assignment_holds_it_valid(client, team, course):
    an_assignment(course, team, recurs_every_months=12, recurs_from="completion")
    learner = a_member(team)
    certificate = complete(client, learner, course)
    until = learner.obligations.get().expires_at
    text = client.get(path_of(certificate)).text
    assert f"It counts until {until:%-d %B %Y}" in text
    checked = check(certificate).text
    assert f"It counts until {until:%-d %B %Y}" in checked
    assert "It does not expire" not in text + checked


def test_the_pdf_is_tagged_titled_and_carries_its_fonts(client, certificate, course):
    response = client.get(path_of(certificate, "pdf/"))
    assert response["Content-Type"] == "application/pdf"
    pdf = plain(response.content)
    assert b"/Lang (en)" in pdf
    assert b"/MarkInfo" in pdf
    assert b"/StructTreeRoot" in pdf
    assert b"/FontFile" in pdf
    assert fonts_in(pdf) == {SITES_OWN, f"{SITES_OWN}-Bold", *fonts_in(pdf, "Mono")}
    assert f"Certificate: {course.title}".encode() in pdf


SITES_OWN = "Atkinson-Hyperlegible-Next"


def fonts_in(pdf, part=""):
    """Return the names of the fonts in the PDF, or of those with this in their name."""
    names = re.findall(rb"/BaseFont */[A-Z]{6}\+([\w-]+)", pdf)
    return {name.decode() for name in names if part.encode() in name}


@pytest.mark.parametrize("holder", ["Łukasz", "Δημήτρης", "Жанна"])
def test_letters_that_the_typeface_lacks_come_from_another_font(holder):
    from training.certificates.actions.pdf import pdf_of  # noqa: PLC0415

    page = f'<html lang="en"><title>x</title><p>{holder}</p></html>'
    others = fonts_in(plain(pdf_of(page))) - {SITES_OWN}
    assert others
    assert not any("Serif" in name for name in others)


def plain(pdf):
    """Return the PDF with its compressed parts laid open."""
    parts = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return pdf + b"".join(map(_inflated, parts))


def _inflated(part):
    try:
        return zlib.decompress(part)
    except zlib.error:
        return part


def test_without_pango_the_print_page_is_offered(client, certificate, monkeypatch):
    def no_pango(name):
        raise OSError("cannot load library")

    monkeypatch.delitem(sys.modules, "training.certificates.actions.pdf", raising=False)
    monkeypatch.setattr(
        "training.certificates.views.certificates.importlib.import_module", no_pango
    )
    response = client.get(path_of(certificate, "pdf/"))
    assert response.status_code == 501
    assert "libpango-1.0-0" in response.text
    assert path_of(certificate, "print/") in response.text


def test_the_pdf_fetches_nothing_from_anywhere(certificate, caplog):
    from training.certificates.actions.pdf import pdf_of  # noqa: PLC0415

    page = '<html lang="en"><title>x</title><img alt="" src="{}"></html>'
    for source in ("http://127.0.0.1:1/a.png", "file:///etc/passwd"):
        caplog.clear()
        assert pdf_of(page.format(source))
        assert "disallowed protocol" in caplog.text


def test_a_trainer_sees_those_of_their_own_and_no_others(certificate, team, course):
    trainer, stranger = a_trainer(team), a_trainer(a_team("Ward 4"))
    mine, theirs = as_user(trainer), as_user(stranger)
    page = mine.get("/admin/training/certificates/")
    assert admin(certificate) in page.text
    assert admin(certificate) not in theirs.get("/admin/training/certificates/").text
    text = mine.get(admin(certificate)).text
    assert certificate.statement["version"][:16] in text
    for more in ("", "revoke/", "reissue/"):
        assert theirs.get(admin(certificate, more)).status_code == 404


@pytest.mark.sweep
def test_the_list_costs_as_much_for_many_as_for_few(
    client, certificate, team, course, django_assert_max_num_queries
):
    trainer = as_user(a_trainer(team))
    trainer.get("/admin/training/certificates/")
    for count in (1, 4):
        while Certificate.objects.count() < count:
            complete(client, a_member(team), course)
        with django_assert_max_num_queries(22):
            trainer.get("/admin/training/certificates/")


def test_a_trainer_finds_a_certificate_by_name_and_by_person(certificate, team):
    trainer = as_user(a_trainer(team))
    address = "/admin/training/certificates/results/"
    assert admin(certificate) in trainer.get(address, {"q": "berg"}).text
    assert admin(certificate) not in trainer.get(address, {"q": "nobody"}).text
    whose = {"person": str(certificate.enrolment.learner.uuid)}
    assert admin(certificate) in trainer.get(address, whose).text
    other = {"person": str(a_member(team).uuid)}
    assert admin(certificate) not in trainer.get(address, other).text


def test_what_is_no_person_is_not_found(team):
    trainer = as_user(a_trainer(team))
    page = trainer.get("/admin/training/certificates/", {"person": "x"})
    assert page.status_code == 404


def test_a_trainer_revokes_with_a_reason_and_it_is_logged(
    client, certificate, learner, team
):
    trainer = a_trainer(team)
    page = as_user(trainer).post(admin(certificate, "revoke/"), {"reason": ""})
    assert "Enter a reason." in page.text
    as_user(trainer).post(admin(certificate, "revoke/"), {"reason": "Not Anna"})
    assert "This certificate has been revoked" in check(certificate).text
    assert "Reason: Not Anna" in client.get(path_of(certificate)).text
    entry = log.entries_about(learner)[0]
    assert (entry.action, entry.user) == ("training.certificate_revoked", trainer)
    assert entry.data["reason"] == "Not Anna"


STOOD = re.compile(r'name="stood" value="([^"]*)"')


@pytest.mark.parametrize("deed", ["revoke/", "reissue/"])
@pytest.mark.parametrize("meanwhile", ["revoke/", "reissue/"])
def test_a_decision_about_what_stands_otherwise_by_now_is_asked_again(
    team, certificate, deed, meanwhile
):
    one, other = as_user(a_trainer(team)), as_user(a_trainer(team))
    stood = STOOD.search(one.get(admin(certificate, deed)).text)[1]
    other.post(admin(certificate, meanwhile), {"reason": "Not Anna"})
    before = list(Certificate.objects.order_by("pk").values())
    form = {"reason": "Lost", "stood": stood}
    page = one.post(admin(certificate, deed), form, follow=True)
    assert "while you had the page open" in page.text
    assert list(Certificate.objects.order_by("pk").values()) == before
    again = STOOD.search(one.get(admin(certificate, deed)).text)[1]
    assert again != stood


def test_issued_again_the_old_number_says_replaced(client, certificate, learner, team):
    as_user(a_trainer(team)).post(admin(certificate, "reissue/"), {"reason": "Lost"})
    again = learner.enrolments.get().certificate
    assert again.replaces == certificate
    assert "This certificate has been replaced" in check(certificate).text
    assert "This certificate is valid" in check(again).text
    assert path_of(again) in client.get("/progress/").text
    assert path_of(certificate) not in client.get("/progress/").text
    assert log.entries_about(learner)[0].data["replaced"] == certificate.serial


def test_issuing_it_again_twice_is_told_and_does_nothing(certificate, team):
    trainer = as_user(a_trainer(team))
    for _time in range(2):
        page = trainer.post(
            admin(certificate, "reissue/"), {"reason": "Lost"}, follow=True
        )
    assert "This certificate has already been replaced" in page.text
    assert Certificate.objects.count() == 2


def test_who_only_looks_or_looked_after_them_once_changes_nothing(
    certificate, learner, team
):
    observer = as_user(a_member(team, role=Role.OBSERVER).user)
    trainer = as_user(a_trainer(team))
    assert "revoke/" not in observer.get(admin(certificate)).text
    leave_team(team=team, learner=learner, at=timezone.now())
    for somebody in (observer, trainer):
        assert somebody.get(admin(certificate)).status_code == 200
        for deed in ("revoke/", "reissue/"):
            sent = somebody.post(admin(certificate, deed), {"reason": "x"})
            assert sent.status_code == 404
    assert Certificate.objects.get().revoked_at is None
    administrator = as_user(a_person("Administrator"))
    administrator.post(admin(certificate, "revoke/"), {"reason": "x"})
    assert Certificate.objects.get().revoked_at


def test_a_course_page_offers_no_certificate_of_another_course(client, certificate):
    other = a_course(title="Another", lessons=1)
    give_first_options(client, lessons_of(other)[0])
    text = client.get(other.url).text
    assert path_of(certificate) not in text
    assert "Your certificate" in text
