"""How each row of evidence is written down: plain values, in words where there are some."""

from collections.abc import Mapping
from typing import Any

from wagtail.models import ModelLogEntry

from accounts.models import Learner, User
from progress.models import Enrolment
from quizzes.models import Attempt
from training.certificate_asks import Ask
from training.certificates import ShownCertificate
from training.models import Assignment, ExceptionEntry, Membership, Obligation, Status

Record = dict[str, Any]

_RULE = (
    "title",
    "due_rule",
    "due_after_days",
    "later_joiners",
    "prior_counts",
    "anonymous_counts",
    "pass_mark",
    "attempts_counted",
    "recurs_every_months",
    "recurs_from",
    "window_days",
    "version",
)


def person(learner: Learner) -> Record:
    user = learner.user
    return {
        "id": str(learner.uuid),
        "name": user.get_full_name() if user else "",
        "email": user.email if user else "",
        "erased": _moment(learner.erased_at),
    }


def membership(row: Membership) -> Record:
    return {
        "team": row.team.name,
        "role": row.role,
        "joined": _moment(row.joined_at),
        "left": _moment(row.left_at),
        "staff_number": row.staff_number,
    }


def obligation(row: Obligation, titles: Mapping[str, str]) -> Record:
    """Return what was asked, by which rule, and what became of it."""
    return {
        "assignment": _assignment(row.assignment, titles),
        "team": row.team.name if row.team else None,
        "cycle": row.cycle,
        "opens": _moment(row.opens_at),
        "due": _moment(row.due_at),
        "due_with_exceptions": _moment(row.effective_due_at),
        "time_zone": row.time_zone,
        "rule_in_force": row.requirement
        | {"lessons": _titles(row.requirement["lesson_keys"], titles)},
        "status": row.status,
        "status_in_words": str(Status(row.status).label),
        "done": _moment(row.satisfied_at),
        "done_by": row.satisfied_by and str(row.satisfied_by.learner.uuid),
        "valid_until": _moment(row.expires_at),
        "withdrawn": _moment(row.withdrawn_at),
        "exceptions": [exception(entry) for entry in row.exceptions.all()],
        "could_not_be_done": [
            {"from": _moment(pause.starts_at), "until": _moment(pause.ends_at)}
            for pause in row.pauses.all()
        ],
    }


def _assignment(row: Assignment, titles: Mapping[str, str]) -> Record:
    key = str(row.course_key)
    days = ("starts_on", "due_on", "recurs_on")
    return {
        **{name: getattr(row, name) for name in _RULE},
        **{name: _moment(getattr(row, name)) for name in days},
        "course": titles.get(key, key),
        "course_key": key,
        "lessons": _titles(row.lesson_keys, titles),
        "created": _moment(row.created_at),
        "ended": _moment(row.ended_at),
    }


def exception(row: ExceptionEntry) -> Record:
    return {
        "kind": row.kind,
        "kind_in_words": str(row.get_kind_display()),
        "reason": row.reason,
        "by": _who(row.actor),
        "from": _moment(row.starts_at),
        "until": _moment(row.ends_at),
        "new_due": _moment(row.due_at),
        "extra_attempts": row.extra_attempts,
        "deputy": _who(row.deputy.user) if row.deputy else None,
        "made": _moment(row.created_at),
        "taken_back": _moment(row.revoked_at),
        "taken_back_by": _who(row.revoked_by),
    }


def course(row: Enrolment, batch, learner: Learner) -> Record:
    """Return what was learnt in one enrolment; `by_deputy` where another did it."""
    key = str(row.course_key)
    asked = batch.asked.get((learner.pk, row.course_key))
    lessons = sorted(row.lessons.all(), key=lambda each: each.started_at)
    return {
        "course": batch.titles.get(key, key),
        "course_key": key,
        "cycle": row.cycle,
        "by_deputy": _who(row.learner.user) if row.learner_id != learner.pk else None,
        "started": _moment(row.started_at),
        "completed": _moment(row.completed_at),
        "lessons": [_lesson(each, batch.titles) for each in _of(lessons, asked)],
        "attempts": [
            attempt(each, batch.papers) for each in _of(batch.attempts[row.pk], asked)
        ],
        "certificates": [certificate(each) for each in batch.certificates[row.pk]],
    }


def _of(rows, asked):
    """Return the rows on lessons that were asked for."""
    return [row for row in rows if not asked or str(row.lesson_key) in asked]


def _lesson(row, titles) -> Record:
    key = str(row.lesson_key)
    return {
        "lesson": titles.get(key, key),
        "lesson_key": key,
        "started": _moment(row.started_at),
        "passed": _moment(row.passed_at),
        "read": _moment(row.read_at),
    }


def attempt(row: Attempt, papers) -> Record:
    """Return one attempt: what was asked in the words seen, answers, all marks."""
    paper = papers[row.paper_id]
    answers = sorted(row.answers.all(), key=lambda a: (a.given_at, a.sequence))
    return {
        "lesson": paper.content.title,
        "lesson_key": str(row.lesson_key),
        "number": row.number,
        "state": row.state,
        "paper": paper.sha256,
        "started": _moment(row.started_at),
        "submitted": _moment(row.submitted_at),
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
                "by": _who(grade.actor),
                "at": _moment(grade.graded_at),
            }
            for grade in sorted(row.grades.all(), key=lambda each: each.run)
        ],
    }


def _question(question, answers) -> Record:
    texts = {option.id: option.text for option in question.options}
    return {
        "key": question.key,
        "asked": question.stem,
        "critical": question.critical,
        "options": texts,
        "answers": [
            {
                "options": answer.options,
                "in_words": [texts[option] for option in answer.options],
                "not_sure": answer.not_sure,
                "origin": answer.origin,
                "given": _moment(answer.given_at),
            }
            for answer in answers
            if str(answer.question_key) == question.key
        ],
    }


def certificate(shown: ShownCertificate) -> Record:
    row = shown.row
    return {
        "number": row.serial,
        "state": shown.state.value,
        "state_in_words": str(shown.state.label),
        "says": row.statement,
        "issued": _moment(row.issued_at),
        "valid_until": _moment(row.valid_until),
        "asked": [_ask(each) for each in shown.asks],
        "revoked": _moment(row.revoked_at),
        "revoked_because": row.revoked_reason,
        "revoked_by": _who(row.revoked_by),
        "replaced": _moment(row.replaced_at),
        "replaces": row.replaces and row.replaces.serial,
        "issued_again_because": row.issue_reason,
        "issued_again_by": _who(row.issued_by),
    }


def _ask(ask: Ask) -> Record:
    row = ask.obligation
    return {
        "assignment": row.assignment.title,
        "cycle": row.cycle,
        "pass_mark": row.requirement["pass_mark"],
        "attempts_counted": row.requirement["attempts_counted"],
        "met": _moment(row.satisfied_at),
        "counts_until": _moment(row.expires_at),
    }


def log_entry(row: ModelLogEntry) -> Record:
    return {
        "at": _moment(row.timestamp),
        "action": row.action,
        "in_words": str(row.message),
        "by": _who(row.user),
        "facts": {name: row.data[name] for name in row.data if name != "learner"},
    }


def _who(user: User | None) -> str | None:
    return str(user) if user else None


def _moment(value) -> str | None:
    return value.isoformat() if value else None


def _titles(keys, titles) -> list[str]:
    return [titles.get(key, key) for key in keys]
