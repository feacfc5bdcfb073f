"""A class that answers quizzes, and remembers which answers the site acknowledged."""

import contextlib
import re
import threading

import requests

from tests.served import HIDDEN

LESSON = "/stem-cell-therapy-for-hair-loss/{}/quiz/"
LESSONS = ("stem-cell-basics", "cell-types", "procedure", "risks", "alternatives")
NOT_SURE = re.compile(r'name="([^"]+)"[^>]* value="not-sure"')
STACK = ("Traceback (most recent call last)", "DEBUG = True")
PATIENCE = 60  # seconds


class Classroom:
    """Learners in threads of their own, each of whom takes one quiz after the other."""

    def __init__(self, site, size):
        self._site = site
        self._ended = threading.Event()
        self._threads = [
            threading.Thread(target=self._take_quizzes, daemon=True)
            for _learner in range(size)
        ]
        self.acknowledged = set()
        self.statuses = {}
        self.faults = []
        self.sent = self.cut_off = 0

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self._ended.set()
        for thread in self._threads:
            thread.join(PATIENCE)

    def _take_quizzes(self):
        while not self._ended.is_set():
            visitor = self._site.visitor()
            for lesson in LESSONS:
                self._take_quiz(visitor, LESSON.format(lesson))

    def _take_quiz(self, visitor, quiz):
        while not self._ended.is_set():
            page = self._ask(visitor.get, quiz)
            if page is None:
                self._ended.wait(0.2)
            elif not self._answer(visitor, page):
                return

    def _answer(self, visitor, page):
        """Answer the question of the page; return whether it asked one."""
        control = NOT_SURE.search(page.text)
        if not control:
            return page.status_code != requests.codes.ok
        fields = dict(re.findall(HIDDEN, page.text)) | {control[1]: "not-sure"}
        origin = {"Origin": visitor.url, "Referer": page.url}
        self.sent += 1
        answer = self._ask(
            visitor.post, page.url, data=fields, headers=origin, allow_redirects=False
        )
        if answer is not None and "/answer/" in answer.headers.get("Location", ""):
            self.acknowledged.add(fields["client_uuid"])
        return True

    def _ask(self, ask, *arguments, **named):
        """Return the response, or None where the connection was cut off."""
        try:
            answer = ask(*arguments, timeout=PATIENCE, **named)
        except requests.RequestException:
            self.cut_off += 1
            return None
        status = answer.status_code
        self.statuses[status] = self.statuses.get(status, 0) + 1
        if any(sign in answer.text for sign in STACK):
            self.faults.append(f"a stack trace at {answer.url}")
        return answer


def answer_once(site):
    """Return the uuid of an answer that was acknowledged, or the status instead."""
    visitor = site.visitor()
    page = visitor.get(LESSON.format(LESSONS[0]))
    return send_not_sure(visitor, page)


def send_not_sure(visitor, page):
    """Send “not sure”; return the uuid that was acknowledged, or the response."""
    control = NOT_SURE.search(page.text)
    if not control:
        return page
    fields = dict(re.findall(HIDDEN, page.text)) | {control[1]: "not-sure"}
    origin = {"Origin": visitor.url, "Referer": page.url}
    with contextlib.suppress(requests.ConnectionError):
        answer = visitor.post(
            page.url, data=fields, headers=origin, allow_redirects=False
        )
        if "/answer/" in answer.headers.get("Location", ""):
            return fields["client_uuid"]
        return answer
    return page
