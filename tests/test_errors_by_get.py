"""No form outside the administration is answered by a page, whatever is wrong with it.

The addresses come from the URL configuration, so a new form cannot be forgotten; what
the forms hold comes from the pages themselves.
"""

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.core import signing
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from tests.factories import UserFactory, a_course, lessons_of
from tests.signing_in import (
    PASSWORD,
    mailed_code,
    sign_in,
    with_password,
    with_second_factor,
)
from tests.training.staff import a_team, a_trainer
from tests.walking_urls import every_address
from training.teams.actions.invitations import Newcomer, add_people
from training.teams.actions.join_links import make_join_link
from training.teams.models import Invitation
from training.teams.queries.invitation_links import token_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site(settings):
    cache.clear()
    settings.SIGN_UP_OPEN = True
    # Nobody is to be stopped for trying too often here.
    settings.ACCOUNT_RATE_LIMITS = False


@pytest.fixture
def lesson():
    lesson, *_others = lessons_of(a_course(lessons=2))
    lesson.save_revision().publish()
    return lesson


@pytest.fixture
def known():
    """What the parts of addresses stand for."""
    team = a_team("Ward 3")
    trainer, at = a_trainer(team), timezone.now()
    people = [Newcomer("new@example.org")]
    add_people(team=team, people=people, by=trainer, at=at)
    ends = at + timezone.timedelta(days=7)
    link = make_join_link(team=team, expires_at=ends, by=trainer, at=at)
    return {"code": link.code, "token": token_of(Invitation.objects.get()), **private()}


def private():
    """Lock a course and a folder of documents with a password, as Wagtail offers."""
    by_password = {"restriction_type": "password", "password": "the right one"}
    page = a_course(lessons=1)
    course = PageViewRestriction.objects.create(page=page, **by_password)
    folder = Collection.get_first_root_node().add_child(name="Leaflets")
    leaflets = CollectionViewRestriction.objects.create(
        collection=folder, **by_password
    )
    return {
        "page_id": page.pk,
        "page_view_restriction_id": course.pk,
        "restriction_id": leaflets.pk,
    }


def a_visitor(client, mailoutbox):
    pass


def asked_for_a_code(client, mailoutbox):
    user = with_password(UserFactory())
    client.post("/account/login/code/", {"email": user.email})


def asked_for_a_new_password(client, mailoutbox):
    user = with_password(UserFactory())
    client.post("/account/password/reset/", {"email": user.email})


def may_choose_a_new_password(client, mailoutbox):
    asked_for_a_new_password(client, mailoutbox)
    form = {"code": mailed_code(mailoutbox)}
    client.post("/account/password/reset/confirm/", form)


def owes_the_second_step(client, mailoutbox):
    user = with_password(UserFactory())
    with_second_factor(user)
    sign_in(client, user)


def signed_up(client, mailoutbox):
    form = {"email": "new@example.net", "password1": PASSWORD}
    client.post("/account/signup/", form)


def signed_in(client, mailoutbox):
    sign_in(client, with_password(UserFactory()))


def signed_in_just_now(client, mailoutbox):
    signed_in(client, mailoutbox)
    form = {"password": PASSWORD, "next": "/account/"}
    client.post("/account/reauthenticate/", form)


def changing_the_address(client, mailoutbox):
    signed_in_just_now(client, mailoutbox)
    form = {"email": "other@example.net", "action_add": ""}
    client.post("/account/email/", form)


def signed_in_with_a_second_step(client, mailoutbox):
    signed_in_just_now(client, mailoutbox)
    with_second_factor(UserFactory._meta.model.objects.latest("pk"))


def signed_in_without_a_password(client, mailoutbox):
    user = UserFactory()
    user.set_unusable_password()
    user.save()
    client.force_login(user)


STANDS = (
    a_visitor,
    asked_for_a_code,
    asked_for_a_new_password,
    may_choose_a_new_password,
    owes_the_second_step,
    signed_up,
    signed_in,
    signed_in_just_now,
    changing_the_address,
    signed_in_with_a_second_step,
    signed_in_without_a_password,
)


class Forms(HTMLParser):
    """The forms of a page that are sent by POST: where to, and what they hold."""

    def __init__(self, html):
        super().__init__()
        self.found, self.form = [], None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        had = dict(attributes)
        if tag == "form":
            self.form = {"action": had.get("action"), "fields": {}}
            if had.get("method") == "post":
                self.found.append(self.form)
        elif tag in ("input", "button") and self.form and had.get("name"):
            self.form["fields"][had["name"]] = had.get("value") or ""


def paths(lesson, known):
    """Return every address outside the admin, and all below a lesson."""
    value_of = lambda part, _route: known.get(part, 1)  # noqa: E731
    ours = [
        address.filled(value_of)
        for address in every_address()
        if not address.is_regex and not address.route.startswith("admin/")
    ]
    deeds = [
        lesson.url + address.filled(value_of).removeprefix("/")
        for address in every_address("quizzes.urls.quiz")
    ]
    pages = ["/", lesson.url, lesson.get_parent().url, f"{lesson.url}print/"]
    # Signing out would end what is walked.
    return sorted({*ours, *deeds, *pages} - {"/account/logout/"})


def is_page(response):
    return response.get("Content-Type", "").startswith("text/html")


def fields_at(client, path):
    page = client.get(path)
    if page.streaming or not is_page(page):
        return []
    return [name for form in Forms(page.text).found for name in form["fields"]]


@pytest.mark.sweep
@pytest.mark.parametrize("stands", STANDS, ids=lambda each: each.__name__)
def test_no_form_is_answered_by_a_page(client, lesson, known, mailoutbox, stands):
    stands(client, mailoutbox)
    found = []
    for path in paths(lesson, known):
        fields = fields_at(client, path)
        for sent in [{}, dict.fromkeys(fields, "x /")][: 1 + bool(fields)]:
            response = client.post(path, sent)
            if response.status_code < 300 and is_page(response):
                found.append((path, sent))
    assert not found


# The forms in which something can be wrong: all others are a button.
WHERE = [
    (a_visitor, "/account/login/"),
    (a_visitor, "/account/login/code/"),
    (a_visitor, "/account/signup/"),
    (a_visitor, "/account/password/reset/"),
    (a_visitor, "/my-learning/join/"),
    (a_visitor, "the invitation"),
    (a_visitor, "a private course"),
    (a_visitor, "private documents"),
    (asked_for_a_code, "/account/login/code/confirm/"),
    (asked_for_a_new_password, "/account/password/reset/confirm/"),
    (may_choose_a_new_password, "/account/password/reset/complete/"),
    (owes_the_second_step, "/account/2fa/authenticate/"),
    (signed_up, "/account/confirm-email/"),
    (signed_in, "/account/reauthenticate/"),
    (signed_in, "/account/password/change/"),
    (signed_in_just_now, "/account/email/"),
    (signed_in_just_now, "/account/2fa/totp/activate/"),
    (signed_in_with_a_second_step, "/account/2fa/reauthenticate/"),
    (signed_in_without_a_password, "/account/password/set/"),
]


def path_to(where, known):
    """Return the path of a form in the table above."""
    if where == "the invitation":
        return reverse("accept_invitation", args=[known["token"]])
    if where == "a private course":
        ids = known["page_view_restriction_id"], known["page_id"]
        return reverse("wagtailcore_authenticate_with_password", args=ids)
    if where == "private documents":
        ids = [known["restriction_id"]]
        return reverse("wagtaildocs_authenticate_with_password", args=ids)
    return where


SECRET, ADDRESS = "zq7 /", "not an address"


def wrong_values(fields):
    """Return something wrong for each field, that which is secret known by its value."""
    secrets = {name for name in fields if "password" in name or name == "code"}
    wrong = {name: SECRET if name in secrets else ADDRESS for name in fields}
    return wrong | {"next": ""}


@pytest.mark.parametrize(("stands", "where"), WHERE)
def test_what_is_wrong_with_a_form_is_shown_by_a_get(
    client, known, mailoutbox, stands, where
):
    stands(client, mailoutbox)
    path = path_to(where, known)
    response = client.post(path, wrong_values(fields_at(client, path)))
    assert urlsplit(response.url).path == path
    page = client.get(response.url)
    assert "<title>Error: " in page.text
    assert 'role="alert"' in page.text
    assert "no-store" in page["Cache-Control"]
    assert "Error: " not in client.get(path).text


@pytest.mark.parametrize(("stands", "where"), WHERE)
def test_what_was_typed_is_kept_and_no_secret_with_it(
    client, known, mailoutbox, stands, where
):
    stands(client, mailoutbox)
    path = path_to(where, known)
    fields = fields_at(client, path)
    typed = {"login", "email", "return_url"} & set(fields)
    response = client.post(path, wrong_values(fields))
    carried = signing.loads(
        client.cookies["sent_form"].value, salt="accounts.sent_forms"
    )
    page = client.get(response.url).text
    # The code of a team is on the board.
    if where != "/my-learning/join/":
        assert SECRET not in f"{carried} {dict(client.session)} {page}"
    assert page.count(f'value="{ADDRESS}"') == len(typed)
