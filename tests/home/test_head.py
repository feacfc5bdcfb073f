"""HEAD, as the application itself answers it: test clients hide what is wrong."""

import io

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory


def answer(method, path):
    """Return the headers and the body that the application hands to its server."""
    kept = {}
    environ = RequestFactory().generic(method, path).environ
    environ["wsgi.input"] = io.BytesIO()

    def start(status, headers):
        kept.update(headers, status=status)

    response = get_wsgi_application()(environ, start)
    body = b"".join(response)
    response.close()
    return kept, body


@pytest.mark.parametrize("path", ["", "quiz/", "quiz/1/"])
def test_head_has_the_headers_of_get_and_no_body(lesson, path):
    headers, nothing = answer("HEAD", lesson.url + path)
    expected, body = answer("GET", lesson.url + path)
    assert nothing == b""
    assert headers["status"] == expected["status"]
    if body:
        assert headers["Content-Length"] == str(len(body))


def test_a_page_that_is_not_there_has_no_body_either(home):
    headers, nothing = answer("HEAD", "/no-such-page/")
    assert headers["status"].startswith("404")
    assert nothing == b""
