"""Each row of evidence as plain values, with texts where available."""

from collections.abc import Mapping
from typing import Any

from accounts.models import Learner
from progress.models import Enrolment
from quizzes.kinds import kind_of
from quizzes.models import Attempt
from quizzes.rules.paper import FrozenPaper, FrozenQuestion
from training.assignments.models import Assignment, Obligation, Status
from training.assignments.queries.personal_record import exception_record
from training.assignments.wording.elsewhere import status_in_words
from training.certificates.queries.certificate_asks import Ask
from training.certificates.queries.certificates import ShownCertificate
from training.teams.queries.personal_record import moment_in_record, name_in_record

Record = dict[str, Any]

_RULE = (
    "title",
    "due_rule",
    "due_after_days",
    "later_joiners",
    "prior_counts",
    "anonymous_counts",
    "elsewhere_counts",
    "pass_mark",
    "attempts_counted",
    "recurs_every_months",
    "recurs_from",
    "window_days",
    "version",
)


def person_record(learner: Learner) -> Record:
    user = learner.user
    return {
        "id": str(learner.uuid),
        "name": user.get_full_name() if user else "",
        "email": user.email if user else "",
        "erased": moment_in_record(learner.erased_at),
    }


def obligation_record(
    row: Obligation, titles: Mapping[str, str], elsewhere: Record | None
) -> Record:
    """Return what was asked, under which rule, and the result.

    `elsewhere` is the record of the completion elsewhere that it was done by.
    """
    return {
        "assignment": _assignment(row.assignment, titles),
        "team": row.team.name if row.team else None,
        "cycle": row.cycle,
        "opens": moment_in_record(row.opens_at),
        "due": moment_in_record(row.due_at),
        "due_with_exceptions": moment_in_record(row.effective_due_at),
        "time_zone": row.time_zone,
        "rule_in_force": row.requirement
        | {"lessons": _titles(row.requirement["lesson_keys"], titles)},
        "status": row.status,
        "status_in_words": status_in_words(
            Status(row.status), elsewhere=row.is_done_elsewhere
        ),
        "done": moment_in_record(row.satisfied_at),
        "done_by": row.satisfied_by and str(row.satisfied_by.learner.uuid),
        "done_in_cycle": row.satisfied_by and row.satisfied_by.cycle,
        "done_elsewhere": elsewhere,
        "valid_until": moment_in_record(row.expires_at),
        "withdrawn": moment_in_record(row.withdrawn_at),
        "exceptions": [exception_record(entry) for entry in row.exceptions.all()],
        "could_not_be_done": [
            {
                "from": moment_in_record(pause.starts_at),
                "until": moment_in_record(pause.ends_at),
            }
            for pause in row.pauses.all()
        ],
    }


def _assignment(row: Assignment, titles: Mapping[str, str]) -> Record:
    key = str(row.course_key)
    days = ("starts_on", "due_on", "recurs_on")
    return {
        "id": row.pk,
        **{name: getattr(row, name) for name in _RULE},
        **{name: moment_in_record(getattr(row, name)) for name in days},
        "course": titles.get(key, key),
        "course_key": key,
        "lessons": _titles(row.lesson_keys, titles),
        "created": moment_in_record(row.created_at),
        "ended": moment_in_record(row.ended_at),
    }


def course_record(row: Enrolment, batch, learner: Learner) -> Record:
    """Return what was learnt in one enrolment; `by_deputy` if somebody else did it."""
    key = str(row.course_key)
    asked = batch.asked.get((learner.pk, row.course_key))
    lessons = sorted(row.lessons.all(), key=lambda each: each.started_at)
    return {
        "course": batch.titles.get(key, key),
        "course_key": key,
        "cycle": row.cycle,
        "by_deputy": name_in_record(row.learner.user)
        if row.learner_id != learner.pk
        else None,
        "started": moment_in_record(row.started_at),
        "completed": moment_in_record(row.completed_at),
        "lessons": [_lesson(each, batch.titles) for each in _of(lessons, asked)],
        "attempts": [
            attempt_record(each, batch.papers)
            for each in _of(batch.attempts[row.pk], asked)
        ],
        "certificates": [
            certificate_record(each) for each in batch.certificates[row.pk]
        ],
    }


def _of(rows, asked):
    """Return the rows about required lessons."""
    return [row for row in rows if not asked or str(row.lesson_key) in asked]


def _lesson(row, titles) -> Record:
    key = str(row.lesson_key)
    return {
        "lesson": titles.get(key, key),
        "lesson_key": key,
        "started": moment_in_record(row.started_at),
        "passed": moment_in_record(row.passed_at),
        "read": moment_in_record(row.read_at),
    }


def attempt_record(row: Attempt, papers) -> Record:
    """Return one attempt: the questions as worded then, the answers and all marks."""
    paper = papers[row.paper_id]
    answers = sorted(row.answers.all(), key=lambda a: (a.given_at, a.sequence))
    return {
        "lesson": paper.content.title,
        "lesson_key": str(row.lesson_key),
        "number": row.number,
        "state": row.state,
        "state_in_words": str(Attempt.State(row.state).label),
        "paper": paper.sha256,
        "started": moment_in_record(row.started_at),
        "submitted": moment_in_record(row.submitted_at),
        "questions": [
            _question(paper.content.question(key), answers) for key in row.asked
        ],
        "marks": [
            {
                "run": grade.run,
                "paper": papers[grade.paper_id].sha256,
                "right": grade.right,
                "out_of": grade.out_of,
                "by_question": grade.marks,
                "reason": grade.reason,
                "by": name_in_record(grade.actor),
                "at": moment_in_record(grade.graded_at),
            }
            for grade in sorted(row.grades.all(), key=lambda each: each.run)
        ],
    }


def _question(question, answers) -> Record:
    kind = kind_of(question)
    return {
        "key": question.key,
        "asked": question.stem,
        "critical": question.critical,
        "options": {o.id: kind.option_in_words(o) for o in question.options},
        "right_options": right_options(question),
        "right": kind.right_in_words(question),
        "answers": [
            {
                "options": answer.options,
                "text": answer.text,
                "pairs": answer.pairs,
                "in_words": kind.in_words(question, answer.response),
                "not_sure": answer.not_sure,
                "origin": answer.origin,
                "given": moment_in_record(answer.given_at),
            }
            for answer in answers
            if str(answer.question_key) == question.key
        ],
    }


def right_options(question: FrozenQuestion) -> list[str] | None:
    """Return the ids of the right options; None if none is right by itself."""
    if kind_of(question).shape != "choices":
        return None
    return [option.id for option in question.options if option.right]


def paper_record(paper: FrozenPaper) -> Record:
    """Return all questions of a paper with what is right, for people to read."""
    return {
        "title": paper.title,
        "pass_share": paper.pass_share,
        "questions": [_asked_question(each) for each in paper.questions],
    }


def _asked_question(question) -> Record:
    kind, right = kind_of(question), right_options(question)
    return {
        "asked": question.stem,
        "critical": question.critical,
        "options": [
            {
                "text": kind.option_in_words(option),
                "right": right is None or option.id in right,
                "feedback": option.feedback,
            }
            for option in question.options
        ],
        "right": None if right is not None else kind.right_in_words(question),
        "feedback": question.feedback,
    }


def certificate_record(shown: ShownCertificate) -> Record:
    row = shown.row
    return {
        "number": row.serial,
        "state": shown.state.value,
        "state_in_words": str(shown.state.label),
        "says": row.statement,
        "version": shown.version,
        "issued": moment_in_record(row.issued_at),
        "valid_until": moment_in_record(row.valid_until),
        "asked": [_ask(each) for each in shown.asks],
        "revoked": moment_in_record(row.revoked_at),
        "revoked_because": row.revoked_reason,
        "revoked_by": name_in_record(row.revoked_by),
        "replaced": moment_in_record(row.replaced_at),
        "replaces": row.replaces and row.replaces.serial,
        "issued_again_because": row.issue_reason,
        "issued_again_by": name_in_record(row.issued_by),
    }


def _ask(ask: Ask) -> Record:
    row = ask.obligation
    return {
        "assignment": row.assignment.title,
        "cycle": row.cycle,
        "pass_mark": row.requirement["pass_mark"],
        "attempts_counted": row.requirement["attempts_counted"],
        "met": moment_in_record(row.satisfied_at),
        "counts_until": moment_in_record(row.expires_at),
    }


def _titles(keys, titles) -> list[str]:
    return [titles.get(key, key) for key in keys]
