"""The content security policy, which every page has, and what the admin may do more."""

import pytest
from django.utils.html import conditional_escape
from wagtail.admin.widgets import AdminPageChooser
from wagtail.admin.widgets.workflows import AdminTaskChooser

from tests.factories import UserFactory
from tests.walking_urls import FIXED, every_address

pytestmark = pytest.mark.django_db

HEADER = "Content-Security-Policy"
EVERYWHERE = {
    "default-src": "'self'",
    "worker-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
ADMIN = EVERYWHERE | {
    "img-src": "'self' data: blob:",
    "style-src": "'self' 'unsafe-inline'",
}


def policy_of(response):
    parts = response.headers[HEADER].split("; ")
    return dict(part.split(" ", 1) for part in parts)


@pytest.fixture
def administrator(client):
    client.force_login(UserFactory(administrator=True))
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(
    "path", ["/", "/no-such-page/", "/account/login/", "/healthz", "/progress/"]
)
def test_pages_for_learners_load_nothing_inline_and_nothing_from_elsewhere(
    client, path
):
    assert policy_of(client.get(path)) == EVERYWHERE


@pytest.mark.parametrize("path", ["/", "/admin/", "/no-such-page/", "/account/login/"])
def test_every_page_tells_browsers_not_to_guess_and_not_to_tell(administrator, path):
    headers = administrator.get(path).headers
    assert headers["Content-Type"] in {"text/html; charset=utf-8", "text/html"}
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.sweep
def test_every_response_of_the_admin_has_the_policy_of_the_admin(administrator):
    paths = {
        address.filled(lambda part, _route: FIXED.get(part, 1))
        for address in every_address()
    }
    in_admin = sorted(path for path in paths if path.startswith("/admin/"))
    assert len(in_admin) > 150
    answers = {path: policy_of(administrator.get(path)) for path in in_admin}
    assert {path for path, policy in answers.items() if policy != ADMIN} == set()


@pytest.mark.urls("tests.admin_elsewhere")
def test_the_policy_of_the_admin_follows_its_address(administrator):
    assert policy_of(administrator.get("/desk/")) == ADMIN
    assert policy_of(administrator.get("/admin/")) == EVERYWHERE


def test_scripts_are_inline_nowhere(administrator):
    for path in ("/admin/", "/admin/sites/new/", "/admin/reports/site-history/"):
        page = administrator.get(path).content.decode()
        scripts = page.split("<script")[1:]
        assert scripts
        for script in scripts:
            tag, text = script.split("</script>")[0].split(">", 1)
            is_data = 'type="application/json"' in tag
            assert is_data or not text.strip(), script


@pytest.mark.parametrize(
    ("chooser", "start"),
    [(AdminPageChooser, "PageChooser"), (AdminTaskChooser, "createTaskChooser")],
)
def test_a_chooser_names_what_starts_it(chooser, start):
    html = chooser().render("place", None, {"id": "id_place"})
    assert "<script" not in html
    assert html == conditional_escape(html)
    assert f'<app-admin-part data-start="{start}" data-options="[&quot;id_place' in html
