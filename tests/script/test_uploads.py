"""Hungry files, one by one and eight at once, against a real server that goes on."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from course.tasks.bounded_reading import MEGABYTES
from tests.script.hungry_files import ARTICLE, HUNGRY_FILES, QUESTIONS, ROSTER
from tests.script.rows import Rows

pytestmark = pytest.mark.sweep
LESSON = "/stem-cell-therapy-for-hair-loss/stem-cell-basics/"
READER = "course.tasks.bounded_child"
MAKE_TEAM = "from tests.training.staff import a_team; print(a_team().pk)"
FIND_LESSON = (
    "from course.models import LessonPage; print(LessonPage.objects.first().pk)"
)


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
    """Return the page that came of it; a visitor waits for a minute, no longer."""
    page = editor.get(door)
    assert page.status_code == 200, page.url
    return editor.fill_in(page, files={"file": (name, content)}, outline="five-lessons")


@pytest.mark.parametrize("name", HUNGRY_FILES)
def test_a_hungry_file_is_read_or_refused(editor, doors, name):
    door, content = HUNGRY_FILES[name]
    assert upload(editor, doors[door], name, content()).status_code == 200


class Watch(threading.Thread):
    """Reads a lesson on and on, and looks at the processes that read files.

    `meanwhile` counts the pages that came while one and the same file was being read: a
    site that waits for its uploads gives none.
    """

    def __init__(self, site):
        super().__init__()
        self._site, self._over = site, threading.Event()
        self.meanwhile, self.most_at_once, self.most_memory = 0, 0, 0

    def run(self):
        reader = self._site.visitor()
        while not self._over.wait(0.2):
            before = set(self._site.running(READER))
            assert reader.get(LESSON).status_code == 200
            self.meanwhile += bool(before & set(self._site.running(READER)))
            sizes = self._site.sizes_of(READER)
            self.most_at_once = max(self.most_at_once, len(sizes))
            self.most_memory = max(self.most_memory, *sizes, 0)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self.join()


def test_eight_at_once_leave_the_site_answering(editor, doors, site):
    files = [
        (doors[door], name, content())
        for name, (door, content) in list(HUNGRY_FILES.items())[:8]
    ]
    with Watch(site) as watch, ThreadPoolExecutor(8) as pool:
        sent = [pool.submit(upload, editor, *file) for file in files]
        answers = [one.result() for one in sent]
    assert all(answer.status_code == 200 for answer in answers)
    assert 1 <= watch.most_at_once <= 2
    assert watch.most_memory < MEGABYTES * 1024
    assert watch.meanwhile > 5
