"""Hungry files, one by one and eight at once, against a real server that goes on."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from course.tasks.bounded_reading import MEGABYTES
from tests.script.hungry_files import ARTICLE, QUESTIONS, ROSTER, hungry_files
from tests.script.rows import Rows

pytestmark = pytest.mark.sweep
LESSON = "/stem-cell-therapy-for-hair-loss/stem-cell-basics/"
# Seconds: 10 to read; the rest is for a busy machine to send 55 MB and to answer.
IN_TIME = 10 + 10
# A site that waits for its uploads stands still for as long as one is read.
STANDS_STILL = 8
MAKE_TEAM = "from tests.training.staff import a_team; print(a_team().pk)"
FIND_LESSON = (
    "from course.models import LessonPage; print(LessonPage.objects.first().pk)"
)
FILES = hungry_files()


@pytest.fixture(scope="module")
def site(served):
    return served(Rows())


@pytest.fixture(scope="module")
def doors(site):
    """Where each kind of file goes in."""
    team = site.manage("shell", "-c", MAKE_TEAM).split()[-1]
    lesson = site.manage("shell", "-c", FIND_LESSON).split()[-1]
    return {
        ARTICLE: "/admin/articles/new/",
        QUESTIONS: f"/admin/lessons/{lesson}/questions/import/",
        ROSTER: f"/admin/training/teams/{team}/roster/",
    }


@pytest.fixture
def editor(site, administrator):
    editor = site.visitor()
    editor.sign_in(administrator)
    return editor


def upload(editor, door, name, content):
    """Return how long it took, and the page that came of it."""
    page = editor.get(door)
    assert page.status_code == 200, page.url
    began = time.monotonic()
    answer = editor.fill_in(
        page, files={"file": (name, content)}, outline="five-lessons"
    )
    return time.monotonic() - began, answer


@pytest.mark.parametrize(("door", "name", "content"), FILES, ids=[f[1] for f in FILES])
def test_a_hungry_file_is_read_or_refused_in_time(editor, doors, door, name, content):
    took, answer = upload(editor, doors[door], name, content)
    assert answer.status_code == 200
    assert took < IN_TIME


class Watch(threading.Thread):
    """Reads a lesson on and on, and looks at the processes that read files."""

    def __init__(self, site):
        super().__init__()
        self._site, self._over = site, threading.Event()
        self.times, self.most_at_once, self.most_memory = [], 0, 0

    def run(self):
        reader = self._site.visitor()
        while not self._over.wait(0.2):
            began = time.monotonic()
            assert reader.get(LESSON).status_code == 200
            self.times.append(time.monotonic() - began)
            sizes = self._site.sizes_of("course.tasks.bounded_child")
            self.most_at_once = max(self.most_at_once, len(sizes))
            self.most_memory = max(self.most_memory, *sizes, 0)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self.join()


def test_eight_at_once_leave_the_site_answering(editor, doors, site):
    with Watch(site) as watch, ThreadPoolExecutor(8) as pool:
        sent = [pool.submit(upload, editor, doors[d], n, c) for d, n, c in FILES[:8]]
        answers = [one.result() for one in sent]
    assert all(answer.status_code == 200 for _took, answer in answers)
    assert max(took for took, _answer in answers) < IN_TIME
    assert 1 <= watch.most_at_once <= 2
    assert watch.most_memory < MEGABYTES * 1024
    assert len(watch.times) > 5
    assert max(watch.times) < STANDS_STILL
