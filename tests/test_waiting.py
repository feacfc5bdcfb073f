"""What is waited for is there whole."""

from threading import Timer

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend

from tests.waiting import mails_to, wait_until, whole_mails


def test_a_mail_is_read_only_once_it_is_whole(tmp_path):
    backend = EmailBackend(file_path=str(tmp_path))
    backend.send_messages([EmailMessage("One", "Body"), EmailMessage("Two", "Body")])
    [file] = tmp_path.iterdir()
    written = file.read_bytes()
    for end in range(len(written)):
        file.write_bytes(written[:end])
        assert all(mail.endswith("Body") for mail in whole_mails(tmp_path)), end
    file.write_bytes(written)
    assert len(whole_mails(tmp_path)) == 2


def test_a_folder_that_is_not_there_yet_holds_no_mail(tmp_path):
    assert whole_mails(tmp_path / "mail") == []


def test_a_mail_to_somebody_else_is_not_taken_for_it(tmp_path):
    def send(*addresses):
        backend = EmailBackend(file_path=str(tmp_path))
        backend.send_messages(
            [EmailMessage("One", "Body", to=[to]) for to in addresses]
        )

    send("anna@example.org")
    later = Timer(0.2, send, ["bea@example.org"])
    later.start()
    [mail] = mails_to("bea@example.org", tmp_path)
    later.join()
    assert "\nTo: bea@example.org\n" in mail


def test_waiting_returns_what_came():
    answers = iter([0, [], "it"])
    assert wait_until(lambda: next(answers)) == "it"


def test_waiting_ends_where_it_never_comes():
    with pytest.raises(AssertionError, match="did not come"):
        wait_until(lambda: False, within=0)
