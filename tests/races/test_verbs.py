"""No action that changes rows of people is forgotten when verbs are raced."""

import ast
from cProfile import Profile
from types import CodeType

import pytest
from django.conf import settings

from tests.factories import a_course, a_home, a_lesson
from tests.races.written import prepare
from tests.rooms import files_of_rooms
from tests.verbs.people import VERBS, Person, Place

ROOMS = {"accounts", "mail", "progress", "quizzes", "clarity", "visit", "training"}
WRITES = (
    "atomic",
    ".update(",
    ".create(",
    ".save(",
    ".delete(",
    "_or_create(",
    "bulk_",
)
# Action → why no verb does it.
OF_MANY = "does for several people what another does for one, through the same code"
OF_A_PLACE = "changes rows of a team or an assignment, which no person's verb changes"
OF_A_JOB = "stores what a job is about; what the job does is raced"
ONE_ROW = "one statement that changes one row, whatever it holds"
NOT_RACED = {
    "accounts/actions/address_proposals.py: note_changed_address": "adds one row",
    "accounts/actions/deletion.py: answer_without_erasing": ONE_ROW,
    "accounts/actions/learners.py: trust_address": ONE_ROW,
    "accounts/actions/person_jobs.py: start_erasing": OF_A_JOB,
    "accounts/actions/person_jobs.py: start_exporting": OF_A_JOB,
    "accounts/actions/recovering.py: reset_second_step": "rows of the library alone",
    "mail/actions/bounces.py: queue_undelivered": "states of mail that nobody sends meanwhile",
    "mail/actions/bounces.py: take_bounce": ONE_ROW,
    "mail/actions/bounces.py: try_address_again": ONE_ROW,
    "mail/actions/keeping.py: forget_if_sent": ONE_ROW,
    "mail/actions/keeping.py: forget_strangers": ONE_ROW,
    "mail/actions/keeping.py: keep_email": "adds a row that nobody else knows",
    "mail/actions/sending.py: queue_again": ONE_ROW,
    "progress/actions/certificates.py: show_name": ONE_ROW,
    "quizzes/actions/regrade_jobs.py: mark_again": OF_A_JOB,
    "quizzes/actions/safety_updates.py: record_safety_update": "rows of a lesson",
    "training/assignments/actions/assignments.py: change_assignment": OF_A_PLACE,
    "training/assignments/actions/assignments.py: create_assignment": OF_A_PLACE,
    "training/assignments/actions/assignments.py: end_assignment": OF_A_PLACE,
    "training/assignments/actions/calendar_links.py: make_calendar_link": "locks the account; no other action changes these rows",
    "training/assignments/actions/calendar_links.py: revoke_calendar_link": ONE_ROW,
    "training/assignments/actions/completions.py: record_completions": OF_MANY,
    "training/assignments/actions/digests.py: choose_digest_time": ONE_ROW,
    "training/assignments/actions/exceptions.py: extend_several": OF_MANY,
    "training/assignments/actions/exceptions.py: grant_attempts": "as extend_due_date",
    "training/assignments/actions/exceptions.py: waive_several": OF_MANY,
    "training/assignments/actions/for_people.py: add_to_assignment": OF_A_PLACE,
    "training/assignments/actions/for_people.py: except_people": OF_MANY,
    "training/assignments/actions/pauses.py: move_due_dates": "part of reconciling",
    "training/assignments/actions/for_people.py: revoke_for_people": OF_MANY,
    "training/assignments/actions/for_people.py: take_off_assignment": OF_A_PLACE,
    "training/certificates/actions/evidence_jobs.py: pack_evidence": OF_A_JOB,
    "training/certificates/actions/summary_files.py: xlsx_of_summary": "saves a file",
    "training/classroom/actions/attendance.py: confirm_attendance": OF_MANY,
    "training/classroom/actions/checking_in.py: check_in": "one row, after a lock",
    "training/classroom/actions/sessions.py: change_invited": OF_A_PLACE,
    "training/classroom/actions/sessions.py: change_session": OF_A_PLACE,
    "training/classroom/actions/sessions.py: create_session": OF_A_PLACE,
    "training/people/actions/columns.py: choose_columns": ONE_ROW,
    "training/people/actions/bulk.py: undo_last": OF_A_JOB,
    "training/people/actions/undoing.py: begin_act": "rows of whoever does it, and nobody else",
    "training/people/actions/undoing.py: do_and_note": OF_MANY,
    "training/teams/actions/returning.py: return_people": OF_MANY,
    "training/reports/actions/schedules.py: schedule_report": OF_A_PLACE,
    "training/reports/actions/schedules.py: stop_report": OF_A_PLACE,
    "training/teams/actions/addresses.py: invite_at": "as invite_again",
    "training/teams/actions/addresses.py: invite_at_new_addresses": OF_MANY,
    "training/teams/actions/addresses.py: readdress_people": OF_MANY,
    "training/teams/actions/failing_mail.py: try_mail_again": "deletes one row that only bounces add",
    "training/teams/actions/join_links.py: close_join_link": OF_A_PLACE,
    "training/teams/actions/join_links.py: make_join_link": OF_A_PLACE,
    "training/teams/actions/roster_jobs.py: confirm_review": OF_A_JOB,
    "training/teams/actions/roster_jobs.py: confirm_roster": OF_A_JOB,
    "training/teams/actions/roster_jobs.py: store_parts": OF_A_JOB,
    "training/teams/actions/roster_reviews.py: check_upload": OF_A_JOB,
    "training/teams/actions/teams.py: change_team": OF_A_PLACE,
    "training/teams/actions/teams.py: create_team": OF_A_PLACE,
}


@pytest.fixture
def place(db):
    a_home()
    course = a_course(lessons=0)
    for questions in (1, 2, 0):
        a_lesson(course, questions=questions)
    return Place(course)


def actions_of_rooms():
    """Yield the file and name of each public function that writes."""
    for path in files_of_rooms(".py"):
        inside = path.relative_to(settings.BASE_DIR)
        if inside.parts[0] in ROOMS and {"actions", "actions.py"} & set(inside.parts):
            for name in writing_functions(path):
                yield inside.as_posix(), name


def writing_functions(path):
    for node in ast.parse(path.read_text()).body:
        is_public = isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if is_public and any(word in ast.unparse(node) for word in WRITES):
            yield node.name


def functions_called(profile):
    """Yield the file and name of each function that was called under the profiler."""
    for entry in profile.getstats():
        if isinstance(entry.code, CodeType):
            yield entry.code.co_filename, entry.code.co_name


@pytest.mark.sweep
def test_each_action_is_raced_or_it_is_said_why_not(place):
    profile = Profile()
    for name in VERBS:
        person = Person(place)
        prepare(person, name)
        with profile:
            getattr(person, name)()
    called = set(functions_called(profile))
    forgotten = {
        f"{path}: {name}"
        for path, name in actions_of_rooms()
        if (str(settings.BASE_DIR / path), name) not in called
    }
    assert forgotten == set(NOT_RACED)
