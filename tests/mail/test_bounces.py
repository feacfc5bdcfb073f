"""E-mail that comes back: real forms of it, and only what names a message of ours."""

from pathlib import Path

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from imap_tools import MailboxLoginError, MailMessage

from accounts.actions.learners import erase_person
from accounts.models import User
from accounts.register import export_person
from mail.actions import reading
from mail.actions.bounces import BounceOutcome, take_bounce, try_address_again
from mail.actions.planning import plan_messages
from mail.actions.sending import send_due_messages
from mail.models import FailingAddress, Message
from mail.rules.bounces import parse_bounce
from tests.factories import a_course
from tests.training.moments import clock_at
from tests.training.outbox import START, days, run_worker, subjects
from tests.training.staff import a_member, a_team, a_trainer, an_assignment

pytestmark = pytest.mark.django_db
clock = clock_at(START)
SAMPLES = Path(__file__).with_name("bounces")
BOX = {"host": "imap.example.org", "port": 993, "user": "u", "password": "p"}
BOX["folder"] = "Bounces"


@pytest.fixture
def team():
    return a_team()


@pytest.fixture
def learner(team):
    return a_member(team, email="anna@example.org", first_name="Anna")


@pytest.fixture
def sent(team, learner):
    """The notice of an assignment, sent to Anna."""
    an_assignment(a_course(), team, title="Safety")
    plan_messages(at=START)
    send_due_messages(at=START)
    return Message.objects.get(kind="assigned")


def sample(name, message):
    text = (SAMPLES / f"{name}.eml").read_text()
    return text.replace("MESSAGE", str(message.uuid)).encode()


def take(name, message, at=START):
    return take_bounce(bounce=parse_bounce(sample(name, message)), at=at)


def nothing_changed():
    known = Message.objects.bounced().exists() or FailingAddress.objects.exists()
    return not known and not Message.objects.filter(kind="mail_fails").exists()


@pytest.mark.parametrize("name", ["postfix", "exchange", "qmail"])
def test_what_names_a_message_and_its_address_marks_the_address(name, sent):
    assert take(name, sent) is BounceOutcome.NOTED
    mark = FailingAddress.objects.get()
    assert (mark.address, mark.since, mark.message) == ("anna@example.org", START, sent)
    assert Message.objects.get(pk=sent.pk).state == "sent"


def test_what_the_server_said_is_kept_in_one_line(sent):
    take("postfix", sent)
    assert Message.objects.get(pk=sent.pk).error == (
        "550 5.1.1 <anna@example.org>: Recipient address rejected: User unknown in"
        " virtual mailbox table"
    )


def test_the_same_bounce_again_changes_nothing_even_after_trying_again(sent, learner):
    take("postfix", sent)
    assert take("postfix", sent, at=days(1)) is BounceOutcome.KNOWN
    assert FailingAddress.objects.get().since == START
    try_address_again(user=learner.user)
    assert take("exchange", sent, at=days(2)) is BounceOutcome.KNOWN
    assert not FailingAddress.objects.exists()


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("delayed", BounceOutcome.TEMPORARY),
        ("given_up", BounceOutcome.TEMPORARY),
        ("out_of_office", BounceOutcome.NO_BOUNCE),
        ("forged_recipient", BounceOutcome.OTHER_ADDRESS),
    ],
)
def test_everything_else_changes_nothing(name, outcome, sent):
    a_member(sent.about.team, email="boss@example.org")
    assert take(name, sent) is outcome
    assert nothing_changed()


def test_a_message_that_is_unknown_or_was_never_sent_changes_nothing(sent):
    assert take("postfix", Message()) is BounceOutcome.UNKNOWN_MESSAGE
    Message.objects.filter(pk=sent.pk).update(state="dropped", sent_at=None)
    assert take("postfix", sent) is BounceOutcome.UNKNOWN_MESSAGE
    assert nothing_changed()


def test_a_bounce_from_an_address_they_no_longer_have_changes_nothing(sent, learner):
    User.objects.filter(pk=learner.user_id).update(email="anna@new.example")
    assert take("postfix", sent) is BounceOutcome.OTHER_ADDRESS
    assert nothing_changed()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\x00\r\n",
        b"Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type:"
        b" message/delivery-status\n\nAction: failed\nFinal-Recipient: \xff\n",
    ],
)
def test_what_is_no_readable_message_is_no_bounce(content):
    assert parse_bounce(content) is None


def test_reminders_wait_as_not_delivered_and_go_out_once_tried_again(
    clock, sent, learner
):
    take("postfix", sent)
    clock.move_to(days(16))
    run_worker()
    before = Message.objects.get(kind="before")
    assert (before.state, before.text) == ("undelivered", "")
    assert subjects() == ["To learn: Safety"]
    try_address_again(user=learner.user)
    run_worker()
    before.refresh_from_db()
    assert before.state == "sent"


def test_what_no_longer_applies_is_dropped_and_not_kept(clock, sent, learner):
    take("postfix", sent)
    plan_messages(at=days(16))
    sent.about.__class__.objects.update(withdrawn_at=days(16))
    send_due_messages(at=days(16))
    assert Message.objects.get(kind="before").state == "dropped"


def test_a_new_address_gets_what_the_old_one_did_not(clock, sent, learner):
    take("postfix", sent)
    clock.move_to(days(16))
    run_worker()
    User.objects.filter(pk=learner.user_id).update(email="anna@new.example")
    run_worker()
    assert mail.outbox[-1].to == ["anna@new.example"]
    assert not FailingAddress.objects.exists()


def test_sign_in_codes_still_go_out(sent, client):
    take("postfix", sent)
    client.post("/account/login/code/", {"email": "anna@example.org"})
    run_worker()
    assert len(subjects(to="anna@example.org")) == 2


def test_trainers_get_one_mail_for_all_that_came_back_together(clock, team):
    trainer = a_trainer(team, email="trainer@example.org")
    a_trainer(a_team("Ward 4"), email="other@example.org")
    for name in ("anna", "bela"):
        a_member(team, email=f"{name}@example.org", first_name=name.capitalize())
    an_assignment(a_course(), team, title="Safety")
    run_worker()
    for message in Message.objects.filter(kind="assigned").select_related("recipient"):
        bounce = sample("postfix", message)
        name = message.recipient.email.partition("@")[0].encode()
        take_bounce(
            bounce=parse_bounce(bounce.replace(b"anna@", name + b"@")), at=START
        )
    run_worker()
    told = [m for m in mail.outbox if m.subject.startswith("E-mail to people")]
    assert [m.to for m in told] == [[trainer.email]]
    assert "Anna" in told[0].body
    assert "Bela" in told[0].body
    assert "bela@example.org (Ward 3)" in told[0].body
    assert "/admin/training/people/?mail=fails" in told[0].body


def test_trainers_hear_that_mail_to_a_manager_comes_back(clock, sent):
    team = sent.about.team
    a_trainer(team, email="trainer@example.org")
    team.manager_email = "anna@example.org"
    team.save()
    Message.objects.filter(pk=sent.pk).update(
        recipient=None, address="anna@example.org"
    )
    User.objects.filter(email="anna@example.org").update(email="anna@new.example")
    message = Message.objects.get(pk=sent.pk)
    message.about = team
    message.save()
    assert take("postfix", sent) is BounceOutcome.NOTED
    run_worker()
    assert "the manager of Ward 3, anna@example.org" in mail.outbox[-1].body


def test_erasing_takes_the_mark_and_what_was_said(sent, learner):
    take("postfix", sent)
    data = export_person(learner, learner.user)["mail"]
    assert data[0]["came_back"]
    assert "User unknown" in data[0]["reason"]
    erase_person(learner=learner, user=learner.user, at=START)
    assert not FailingAddress.objects.exists()
    assert not Message.objects.exclude(error="").exists()


def test_the_mail_log_says_that_it_came_back(client, sent):
    take("postfix", sent)
    client.force_login(a_trainer(sent.about.team))
    page = client.get(f"/admin/mail/{sent.pk}/").text
    assert "It came back on 4 March 2026, 09:00 (UTC)." in page
    assert "User unknown in virtual mailbox table" in page
    assert "Anna" in client.get("/admin/mail/?state=bounced").text
    assert "Anna" not in client.get("/admin/mail/?state=failed").text


@pytest.fixture
def postbox(monkeypatch, settings):
    """A mailbox with these messages unread, in place of one behind IMAP."""
    settings.BOUNCE_MAILBOX = BOX
    box = FakeMailBox()
    monkeypatch.setattr(reading, "MailBox", box.connect)
    return box


class FakeMailBox:
    """Hands out its unread messages, as `imap_tools.MailBox` does."""

    def __init__(self):
        self.unread, self.asked, self.client = {}, [], self

    def connect(self, host, port, timeout):
        self.asked += [host, port]
        return self

    def login(self, *who):
        self.asked += who
        return self

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def uids(self, criteria, charset):
        self.asked.append(str(criteria))
        return sorted(self.unread)

    def fetch(self, *, uid_list, mark_seen):
        assert not mark_seen
        for uid in uid_list:
            yield MailMessage.from_bytes(self.unread[uid])

    def uid(self, command, uid, *flags):
        assert (command, *flags) == ("STORE", "+FLAGS", r"(\Seen)")
        del self.unread[uid]


def test_unread_messages_of_the_mailbox_are_taken_in_and_marked(postbox, sent, capsys):
    names = ("delayed", "out_of_office", "postfix")
    postbox.unread = {name: sample(name, sent) for name in names}
    call_command("read_bounces")
    assert postbox.unread == {}
    assert postbox.asked == [*BOX.values(), "(UNSEEN SMALLER 1000000)"]
    assert "Read: 3. New bounces of e-mails of this site: 1." in capsys.readouterr().out
    assert FailingAddress.objects.get().address == "anna@example.org"
    call_command("read_bounces", verbosity=0)
    assert capsys.readouterr().out == ""


NESTED = {
    "messages": b"Content-Type: message/rfc822\r\n\r\n" * 2000,
    "parts": b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(400)
    ),
}


@pytest.mark.parametrize("nested", NESTED.values(), ids=NESTED)
def test_a_message_nested_too_deeply_does_not_stop_those_after_it(
    postbox, sent, nested
):
    postbox.unread = {"1": nested, "2": sample("postfix", sent)}
    call_command("read_bounces", verbosity=0)
    assert postbox.unread == {}
    assert FailingAddress.objects.exists()
    assert parse_bounce(nested) is None


def test_what_was_read_before_the_connection_broke_stays_done(postbox, sent):
    postbox.unread = {"1": sample("postfix", sent), "2": sample("delayed", sent)}
    usual = postbox.uid

    def break_off(command, uid, *flags):
        if uid == "2":
            raise ConnectionResetError("gone")
        usual(command, uid, *flags)

    postbox.uid = break_off
    with pytest.raises(CommandError, match=r"cannot be read\. ConnectionResetError"):
        call_command("read_bounces")
    assert list(postbox.unread) == ["2"]
    assert FailingAddress.objects.exists()


def test_a_mailbox_that_refuses_is_spoken_of(postbox):
    def refuse(*who):
        raise MailboxLoginError(("NO", [b"Authentication failed"]), "OK")

    postbox.login = refuse
    with pytest.raises(CommandError, match="Authentication failed"):
        call_command("read_bounces")


def test_without_a_mailbox_nothing_happens(capsys):
    call_command("read_bounces", verbosity=0)
    assert capsys.readouterr().out == ""
    call_command("read_bounces")
    assert "BOUNCE_MAILBOX_URL is not set" in capsys.readouterr().out


def test_files_are_read_by_hand_and_each_gets_a_word(sent, tmp_path, capsys):
    files = {name: tmp_path / f"{name}.eml" for name in ("postfix", "forged_recipient")}
    for name, path in files.items():
        path.write_bytes(sample(name, sent))
    call_command("read_bounces", *map(str, files.values()))
    [noted, other] = capsys.readouterr().out.splitlines()
    assert noted.endswith(
        "postfix.eml: noted, and the address is marked if it is that of an account."
    )
    assert "went to another address" in other
    with pytest.raises(CommandError, match=r"No such file .*Nothing was changed"):
        call_command("read_bounces", str(files["postfix"]), str(tmp_path / "none.eml"))
