"""What somebody uploads is read in a process of its own, within bounds."""

import subprocess
import sys
import threading

import pytest
from django.utils import translation

from authoring.articles.readers.reading import UnableToReadArticle
from course.tasks import bounded_reading
from course.tasks.bounded_reading import BeyondBounds, TooManyAtOnce, read_within
from tests.course import hungry_readers as readers

pytestmark = [pytest.mark.own_process, pytest.mark.sweep]


@pytest.fixture
def no_patience(monkeypatch):
    monkeypatch.setattr(bounded_reading, "PATIENCE", 0)


def test_a_reader_returns_and_raises_as_if_it_were_called_here():
    assert read_within(readers.length, "abc" * 1_000_000) == 3_000_000
    with pytest.raises(UnableToReadArticle, match=r"leaflet\.md is no article"):
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
        readers.count_for_ever,
        readers.fill_memory,
        readers.nest_for_ever,
        readers.be_killed,
    ],
)
def test_a_reader_beyond_its_bounds_is_ended(reader):
    with pytest.raises(BeyondBounds):
        read_within(reader, "", seconds=3)


def test_a_file_that_a_busy_machine_had_no_time_for_is_not_called_too_large(
    no_patience,
):
    """It did not work for long: somebody else did."""
    with pytest.raises(TooManyAtOnce):
        read_within(readers.sleep_for_ever, "", seconds=1)


def test_no_password_of_the_site_goes_where_files_are_read(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody:secret@db/anteroom")
    names, _threads = read_within(readers.secrets, "")
    assert not {"DATABASE_URL", "SECRET_KEY"} & set(names)


@pytest.fixture
def eight_at_once(monkeypatch):
    """Return a function that says what came of eight uploads."""
    monkeypatch.setattr(bounded_reading, "LONGEST_WAIT", 0.2)
    answers = []

    def upload():
        try:
            read_within(readers.count_for_ever, "", seconds=3)
        except (BeyondBounds, TooManyAtOnce) as error:
            answers.append(type(error).__name__)

    def all_of_them():
        threads = [threading.Thread(target=upload) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sorted(answers)

    return all_of_them


def test_eight_at_once_hold_up_no_more_threads_than_may_wait(eight_at_once):
    """gunicorn's fourth thread goes on answering, whatever is uploaded."""
    assert eight_at_once() == ["BeyondBounds"] * 2 + ["TooManyAtOnce"] * 6


@pytest.fixture
def another_process():
    """Another process of the site, in which both places are taken for a while."""
    source = (
        "import fcntl, sys, time; held = [open(name, 'w') for name in sys.argv[1:]]\n"
    )
    source += "[fcntl.flock(one, fcntl.LOCK_EX) for one in held]\n"
    source += "print('taken', flush=True); time.sleep(60)"
    places = [bounded_reading.PLACES / str(n) for n in range(bounded_reading.AT_ONCE)]
    command = [sys.executable, "-c", source, *map(str, places)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"taken\n"
    yield process
    process.kill()
    process.communicate()


def test_all_processes_of_the_site_read_two_files_between_them(
    another_process, monkeypatch
):
    monkeypatch.setattr(bounded_reading, "LONGEST_WAIT", 0.2)
    with pytest.raises(TooManyAtOnce):
        read_within(readers.length, "abc")


def test_a_process_that_dies_leaves_its_places_to_others(another_process):
    another_process.kill()
    another_process.wait()
    assert read_within(readers.length, "abc") == 3
