"""What somebody uploads is read in a process of its own, within bounds."""

import threading

import pytest
from django.utils import translation

from authoring.article.reading import UnableToRead
from course import bounded_reading
from course.bounded_reading import BeyondBounds, TooManyAtOnce, read_within
from tests.course import hungry_readers as readers


@pytest.fixture
def no_patience(monkeypatch):
    monkeypatch.setattr(bounded_reading, "PATIENCE", 0)


def test_a_reader_returns_and_raises_as_if_it_were_called_here():
    assert read_within(readers.length, "abc" * 1_000_000) == 3_000_000
    with pytest.raises(UnableToRead, match=r"leaflet\.md is no article"):
        read_within(readers.refuse, "leaflet.md")


def test_a_reader_that_prints_spoils_no_answer():
    assert read_within(readers.print_first, "abc") == "abc"


def test_a_reader_speaks_the_language_of_whoever_asked():
    with translation.override("de"):
        assert read_within(readers.greeting, "") == "Ja"


def test_a_fault_in_a_reader_says_where_it_happened():
    with pytest.raises(KeyError) as raised:
        read_within(readers.fail, "")
    assert "hungry_readers.py" in "".join(raised.value.__notes__)


@pytest.mark.parametrize(
    "reader",
    [
        readers.sleep_for_ever,
        readers.count_for_ever,
        readers.fill_memory,
        readers.nest_for_ever,
        readers.be_killed,
    ],
)
def test_a_reader_beyond_its_bounds_is_ended(reader, no_patience):
    with pytest.raises(BeyondBounds):
        read_within(reader, "", seconds=3)


def test_no_password_of_the_site_goes_where_files_are_read(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody:secret@db/anteroom")
    names, _threads = read_within(readers.secrets, "")
    assert not {"DATABASE_URL", "SECRET_KEY"} & set(names)


def test_eight_at_once_hold_up_no_more_threads_than_may_wait(monkeypatch, no_patience):
    """gunicorn's fourth thread goes on answering, whatever is uploaded."""
    monkeypatch.setattr(bounded_reading, "LONGEST_WAIT", 0.2)
    answers = []

    def upload():
        try:
            read_within(readers.sleep_for_ever, "", seconds=3)
        except (BeyondBounds, TooManyAtOnce) as error:
            answers.append(type(error))

    threads = [threading.Thread(target=upload) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (
        sorted(e.__name__ for e in answers)
        == ["BeyondBounds"] * 2 + ["TooManyAtOnce"] * 6
    )
