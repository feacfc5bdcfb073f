"""Letters that would be printed as boxes are found before anything is printed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.rules import fonts
from tests.training.proof import complete
from tests.training.staff import a_member, a_team, a_trainer
from training.certificates.queries.certificates import certificate_with


@pytest.fixture
def latin_only(monkeypatch):
    monkeypatch.setattr(fonts, "_covered", lambda: ((0x20, 0xC0), (0x7E, 0x17F)))


def test_letters_without_a_font_are_found_each_once(latin_only):
    assert fonts.without_font("Anna Kovač") == ""
    assert fonts.without_font("Zoë 太郎太") == "太郎"


def test_what_nobody_sees_needs_no_font(latin_only):
    assert fonts.without_font("A\u200d\u200f\ufe0f\n\u00a0B") == ""


@pytest.mark.parametrize(
    ("letters", "packages"),
    [
        ("太", ["fonts-noto-cjk"]),
        ("한あ", ["fonts-noto-cjk"]),
        ("सا", ["fonts-noto-core"]),
        ("👩", ["fonts-noto-color-emoji"]),
        ("", []),
    ],
)
def test_the_package_with_a_font_is_named(letters, packages):
    assert fonts.packages_for(letters) == packages


def test_fontconfig_knows_the_fonts_of_this_machine():
    assert fonts.without_font("Anna") == ""
    assert fonts.without_font("\U0003fff0") == ""  # no letter at all
    assert fonts._covered()[0]


def test_without_fontconfig_nothing_is_known(monkeypatch):
    monkeypatch.setattr(fonts, "LIST", ("no-such-command",))
    fonts._covered.cache_clear()
    assert fonts.without_font("太") == ""
    fonts._covered.cache_clear()


@pytest.mark.django_db
def test_a_certificate_is_never_printed_as_boxes(client, course, latin_only):
    learner = a_member(a_team(), first_name="太郎", last_name="Sato")
    certificate = complete(client, learner, course)
    page = client.get(f"/my-learning/certificates/{certificate.serial}/")
    assert "no font for “太郎”" in page.text
    assert "fonts-noto-cjk" in page.text
    # A button would only lead back here.
    assert "Download as PDF" not in page.text
    assert "Print" in page.text
    pdf = client.get(f"/my-learning/certificates/{certificate.serial}/pdf/")
    assert pdf.status_code == 501
    assert "fonts-noto-cjk" in pdf.text


@pytest.mark.django_db
def test_the_preview_of_a_roster_says_so_before_anything_is_issued(client, latin_only):
    team = a_team()
    client.force_login(a_trainer(team))
    content = "email,name\na@x.org,太郎 Sato\n".encode()
    page = client.post(
        f"/admin/training/teams/{team.pk}/roster/",
        {"file": SimpleUploadedFile("roster.csv", content)},
        follow=True,
    )
    assert "no font for “太郎”" in page.text


NAMES = {
    "one long word": ("W" * 150, "M" * 150),
    "many words": ("Anna Maria " * 13, "Berg " * 30),
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", NAMES)
def test_the_longest_name_stays_on_the_one_sheet(client, course, kind):
    first, last = (name.strip() for name in NAMES[kind])
    learner = a_member(a_team(), first_name=first, last_name=last)
    certificate = complete(client, learner, course)
    from training.certificates.actions import pdf  # noqa: PLC0415 -- it needs Pango

    pages = pdf.document_of(html_of(certificate)).pages
    assert len(pages) == 1
    sheet = pages[0]
    for box in sheet._page_box.descendants():
        if type(box).__name__ == "TextBox":
            assert box.position_x + box.width <= sheet.width
            assert box.position_y + box.height <= sheet.height


def html_of(certificate):
    shown = certificate_with(certificate.serial, timezone.now())
    return render_to_string(
        "training/certificates/certificate_pdf.html", {"certificate": shown}
    )
