"""Each kind of mail is one class, whole, and in the register; nothing drops a kind."""

import ast
import datetime as dt
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

import mail as mail_room
from mail.checks import check_kinds
from mail.kinds import MailKind, kind_of, registered_kinds
from mail.models import Message
from tests.training.staff import a_team, a_trainer


def all_kinds(base=MailKind):
    """Return every class with a code of its own, in whatever room."""
    found = []
    for kind in base.__subclasses__():
        found += [kind] if kind.code else []
        found += all_kinds(kind)
    return found


class WithoutTemplate(MailKind):
    code = "bare"
    label = "bare"


class WithoutLabel(MailKind):
    code = "nameless"
    templates = ("training/assignments/mail/assigned",)


class WithMissingTemplate(MailKind):
    code = "lost"
    label = "lost"
    templates = ("training/assignments/mail/no_such",)


@pytest.fixture
def unknown(db):
    """A message of a kind that some earlier version of the site knew."""
    return Message.objects.create(
        kind="carrier_pigeon",
        recipient=a_trainer(a_team()),
        recipient_key="user:1",
        topic_key="seed",
        scheduled_for=timezone.now(),
        created_at=timezone.now(),
    )


def ids(*kinds):
    return [found.id for found in check_kinds(kinds)]


def test_what_the_rooms_registered_is_whole():
    assert list(check_kinds(registered_kinds())) == []


def test_every_class_of_a_kind_is_registered_once():
    ours = {kind for kind in all_kinds() if not kind.__module__.startswith("tests.")}
    assert {type(kind) for kind in registered_kinds()} == ours
    assert len(registered_kinds()) == len(ours)


def test_a_kind_without_a_template_is_found():
    assert ids(WithoutTemplate()) == ["mail.E002"]
    assert ids(WithMissingTemplate()) == ["mail.E002"]


def test_a_kind_without_a_label_is_found():
    assert ids(WithoutLabel()) == ["mail.E001"]


def test_a_kind_registered_twice_is_found():
    kind = registered_kinds()[0]
    assert ids(kind, kind) == ["mail.E003"]


@pytest.mark.parametrize("kind", registered_kinds(), ids=lambda kind: kind.code)
def test_each_kind_explains_a_message_without_facts(kind):
    # So it is shown after somebody was erased, whose facts are gone.
    message = Message(kind=kind.code, scheduled_for=dt.datetime.now(dt.UTC))
    assert all(isinstance(text, str) for text in kind.explain_message(message))
    assert kind.explain_drop(message)
    assert kind.quiet_hours(message).zone


def test_what_no_room_knows_is_kept_shown_and_spoken_of(client, unknown, capsys):
    call_command("send_due_reminders")
    unknown.refresh_from_db()
    assert (unknown.state, mail.outbox) == ("queued", [])
    assert "Waiting messages of the unknown kind carrier_pigeon: 1" in (
        capsys.readouterr().err
    )
    client.force_login(unknown.recipient)
    assert "Unknown kind “carrier_pigeon”" in client.get("/admin/mail/").text
    page = client.get(f"/admin/mail/{unknown.pk}/").text
    assert "This site no longer knows this kind of mail." in page


def test_a_kind_that_was_unregistered_explains_what_was_sent(unknown):
    Message.objects.update(state="sent", sent_at=timezone.now())
    unknown.refresh_from_db()
    assert kind_of(unknown).explain_drop(unknown)


def names_in(path):
    """Return the codes of kinds that stand as text in a module."""
    tree = ast.parse(path.read_text())
    texts = {each.value for each in ast.walk(tree) if isinstance(each, ast.Constant)}
    return texts & {kind.code for kind in registered_kinds()}


def test_no_module_keeps_a_list_of_kinds():
    # Six such lists were forgotten in turn; what a kind is stands in its class alone.
    root = Path(mail_room.__file__).parent.parent
    rooms = (
        "accounts",
        "mail",
        "course",
        "progress",
        "quizzes",
        "authoring",
        "training",
    )
    modules = [
        path
        for room in (*rooms, "home")
        for path in (root / room).rglob("*.py")
        if "kinds" not in path.parts and "migrations" not in path.parts
    ]
    lists = {str(path): found for path in modules if len(found := names_in(path)) > 2}
    assert lists == {}
