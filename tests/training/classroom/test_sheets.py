"""The sheet that people sign: who and what stands on it."""

import pytest

from tests.training.classroom.sessions import a_session, door_of, url_of
from tests.training.moments import START, clock_at
from tests.training.staff import a_member

pytestmark = pytest.mark.django_db

clock = clock_at(START)


@pytest.fixture
def session(team, course, trainer):
    team.sender_name = "Clínica Girona"
    team.save()
    a_member(team, first_name="Ann", last_name="Lee")
    team.memberships.filter(role="member").update(staff_number="N-17")
    return a_session(course, team, by=trainer)


def test_the_page_has_names_lines_and_the_way_to_the_code(door, session, course):
    page = door.get(url_of(session, "sheet/")).text
    for text in ("Ann Lee", "N-17", "Clínica Girona", course.title, session.code):
        assert text in page
    assert "Not on the list?" in page
    assert "<svg" in page


def test_the_qr_code_leads_to_the_page_of_the_session(door, session, settings):
    context = door.get(url_of(session, "sheet/")).context
    assert context["sheet"].address == settings.SITE_URL + door_of(session)


def test_the_sheet_is_a_pdf(door, session):
    answer = door.get(url_of(session, "sheet.pdf"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_without_the_library_the_page_is_offered(door, session, monkeypatch):
    def missing(_name):
        raise OSError

    monkeypatch.setattr(
        "training.classroom.actions.sheets.importlib.import_module", missing
    )
    page = door.get(url_of(session, "sheet.pdf"), follow=True)
    assert "Print the page instead." in page.text
