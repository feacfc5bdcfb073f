"""Cookies that an earlier release left in a browser open no error page."""

import pytest
from django.core import signing

pytestmark = pytest.mark.django_db

SHAPES = [
    ["names", {}, {}],
    [["path", "names", {}, {}]],
    {"names": 1},
    [{"path": "/"}],
    "x",
]


@pytest.mark.parametrize("held", SHAPES)
@pytest.mark.parametrize(
    ("name", "salt"), [("draft", "quizzes.draft"), ("kept_answers", "quizzes.kept")]
)
def test_a_cookie_of_an_earlier_release_counts_as_none(
    client, quiz_url, name, salt, held
):
    client.cookies[name] = signing.dumps(held, salt=salt)
    assert client.get(f"{quiz_url}1/").status_code == 200
    assert client.get(f"{quiz_url}1/kept/", follow=True).status_code in (200, 404)
