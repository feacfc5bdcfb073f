"""Each block of a lesson, rendered as a reader gets it."""

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from wagtail.images.models import Image

from course.blocks.figures import IllustrationBlock
from course.blocks.lesson import LessonBodyBlock
from course.models import GlossaryTerm, LessonPage, TreatmentOption
from course.rules.markers import without_markers

# Danger signs are read from the site's settings.
pytestmark = pytest.mark.django_db

POINTS = ["First point [S1].", "Second point."]
TERMS = {"follicle": GlossaryTerm(term="Follicle", meaning="A pocket [S1].")}
OPTIONS = [
    TreatmentOption(
        name="Waiting",
        what_it_is="You wait.",
        benefit="It is free [S1].",
        benefit_in_short="Free [S1].",
        harm="It takes time.",
        harm_in_short="Slow.",
    )
]
TABLE = {
    "caption": "Options side by side",
    "columns": [
        {"type": "text", "heading": "Option"},
        {"type": "text", "heading": "What it is"},
    ],
    "rows": [{"values": ["No treatment", "You wait [S1]."]}],
}
ICON_ARRAY = {
    "title": "Regrowth",
    "groups": [
        {"label": "With the drug", "count": 26},
        {"label": "Without", "count": 0},
    ],
    "meaning": "So 26 more of 100 [S1].",
}
BLOCKS = {
    "heading": {"title": "A part", "anchor": "a-part"},
    "fold": {"title": "More on it", "anchor": "more-on-it"},
    "text": "<p>Some <b>prose</b> [S1].</p>",
    "key_terms": {"terms": ["follicle"]},
    "key_fact": {"title": "A fact", "text": "<p>It is so [S1].</p>"},
    "warning": {"title": "Take care", "text": "<p>It may hurt [S1].</p>"},
    "unknowns": {"title": "Not known", "points": POINTS},
    "care_card": {
        "level": "urgent",
        "title": "Call if",
        "points": POINTS,
        "after": "Do not wait.",
    },
    "danger_signs": {"note": "Read in [S1]."},
    "do_list": {"kind": "do", "points": POINTS},
    "table": TABLE,
    "icon_array": ICON_ARRAY,
    "options_table": {"caption": "Your options", "extent": "short"},
    "evidence_ladder": {"note": "It is in the middle [S1]."},
    "steps": {"title": "How", "steps": [{"title": "Collect", "text": "Fat [S1]."}] * 2},
    "timeline": {"title": "When", "events": [{"when": "Day 1", "what": "Sore [S1]."}]},
    "illustration": {"drawing": "follicle", "description": "A follicle [S1]."},
    "checklist": {"title": "To ask", "points": POINTS},
    "questions_to_ask": {"title": "To ask [S1]"},
    "citation": {"statement": "It was small.", "source": "S1"},
    "next_steps": {"title": "Now", "points": POINTS},
}
# Names of choices and handles are for machines; a picture needs a file.
NOT_WORDS = {"level", "extent", "kind", "drawing", "anchor", "type", "terms"}


class Reader(HTMLParser):
    """Collects the words of a page and every attribute on it."""

    def __init__(self, html):
        super().__init__()
        self.text, self.attributes, self.tags = "", [], []
        self.feed(html)
        self.words = " ".join(self.text.split())

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.text += data


def rendered(name, value, **context):
    stream = LessonBodyBlock().to_python([{"type": name, "value": value}])
    return stream[0].render({"terms": TERMS, "options": OPTIONS, **context})


def words_in(value):
    if isinstance(value, dict):
        inner = [part for key, part in value.items() if key not in NOT_WORDS]
        return [word for part in inner for word in words_in(part)]
    if isinstance(value, list):
        return [word for part in value for word in words_in(part)]
    return without_markers(re.sub(r"<[^>]+>", " ", str(value))).split()


def test_every_block_is_tried_here():
    assert {*BLOCKS, "image", "check_yourself"} == set(LessonBodyBlock().child_blocks)


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_shows_all_its_words(name):
    shown = Reader(rendered(name, BLOCKS[name])).words

    assert all(word in shown for word in words_in(BLOCKS[name]))


@pytest.mark.parametrize("name", [n for n in BLOCKS if n not in ("heading", "fold")])
def test_a_citation_becomes_a_link_to_its_source(name):
    assert '<a href="#source-S1">S1</a>' in rendered(name, BLOCKS[name])


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_carries_no_style_and_no_script(name):
    page = Reader(rendered(name, BLOCKS[name]))

    assert not [a for a, _ in page.attributes if a == "style" or a.startswith("on")]
    assert not {"script", "style"} & set(page.tags)


def test_plain_text_is_escaped():
    html = rendered("checklist", {"title": "<b>Bold</b>", "points": ["1 < 2"]})

    assert "&lt;b&gt;Bold&lt;/b&gt;" in html
    assert "1 &lt; 2" in html


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("unknowns", {"title": "", "points": POINTS}, "What we do not know"),
        ("next_steps", {"title": "", "points": POINTS}, "What you can do next"),
        ("questions_to_ask", {"title": ""}, "Questions to ask"),
        ("key_fact", {"title": "", "text": "<p>So.</p>"}, "Key fact"),
    ],
)
def test_a_blank_title_is_the_usual_one(name, value, expected):
    assert expected in Reader(rendered(name, value)).words


def test_a_heading_can_be_linked_to():
    assert '<h2 id="a-part">A part</h2>' in rendered("heading", BLOCKS["heading"])


def test_anchors_stay_apart_where_lessons_share_a_page():
    html = rendered("heading", BLOCKS["heading"], prefix="risks")

    assert 'id="risks-a-part"' in html


@pytest.mark.parametrize("count", [0, 1, 26, 100])
def test_an_icon_array_draws_the_number_it_names(count):
    value = {**ICON_ARRAY, "groups": [{"label": "With the drug", "count": count}]}

    html = rendered("icon_array", value)

    counted, others = re.findall(r'<path class="[\w-]+" d="([^"]*)"', html)
    assert (counted.count("M"), others.count("M")) == (count, 100 - count)
    assert f"<title>{count} out of 100 people</title>" in html
    assert f"With the drug {count} out of 100" in Reader(html).words


def test_a_table_names_rows_columns_and_each_cell():
    html = rendered("table", TABLE)

    assert re.search(r'<th [^>]*scope="col"[^>]*>What it is</th>', html)
    assert re.search(r'<th [^>]*scope="row"[^>]*>No treatment</th>', html)
    assert re.search(r'aria-hidden="true">What it is</span>\s*<span>You wait', html)


@pytest.mark.parametrize(
    ("level", "spoken"),
    [
        ("non-urgent", "Non-urgent advice: Call if"),
        ("urgent", "Urgent advice: Call if"),
        ("emergency", "Immediate action required: Call if"),
    ],
)
def test_a_care_card_says_its_level_in_words(level, spoken):
    html = rendered("care_card", {**BLOCKS["care_card"], "level": level})

    assert spoken in Reader(html).words
    assert f"nhsuk-card--care--{level}" in html


@pytest.mark.parametrize(
    ("kind", "label", "icon"), [("do", "Do", "tick"), ("do-not", "Do not", "cross")]
)
def test_a_list_of_what_to_do_says_so_and_shows_it(kind, label, icon):
    html = rendered("do_list", {"kind": kind, "points": POINTS})

    assert f">{label}</h3>" in html
    assert html.count(f"nhsuk-icon--{icon}") == len(POINTS)


def test_a_term_that_the_glossary_lacks_is_left_out():
    html = rendered("key_terms", {"terms": ["follicle", "unheard-of"]})

    assert html.count("<dt>") == 1


@pytest.mark.parametrize(
    ("drawing", "labels"),
    [
        ("follicle", ["Hair", "Oil gland", "Bulge with", "stem cells", "Bulb"]),
        ("three-kinds", ["Shrinking", "Under attack", "Gone", "Pattern hair loss"]),
        ("three-steps", ["Collect", "Process", "Inject"]),
        ("the-gap", ["with a look-alike", "with the extract", "the gap"]),
        ("fading-gain", ["Start", "24 weeks", "52 weeks"]),
        ("three-places", ["Scalp", "Belly or thighs", "Hip bone"]),
        ("unseen-harm", ["seen to be harmed", "could still be harmed"]),
        ("clinic-says", ["The clinic says", "You ask", "You look it up"]),
        ("many-doors", ["No treatment", "A new look", "A trial"]),
    ],
)
def test_a_drawing_is_labelled_and_described(drawing, labels):
    html = rendered("illustration", {"drawing": drawing, "description": "In words."})

    words = Reader(html).words
    assert all(label in words for label in [*labels, "In words."])
    assert 'role="img"' in html or 'aria-hidden="true"' in html


def test_every_drawing_can_be_chosen_and_is_there():
    folder = settings.BASE_DIR / "templates/course/illustrations"
    files = {file.stem: file.read_text() for file in folder.iterdir()}
    names = dict(IllustrationBlock().child_blocks["drawing"].field.choices).keys() - {
        ""
    }
    whole = "".join(files.values())
    parts = {name for name in files if f"illustrations/{name}.html" in whole}
    assert files.keys() - parts == names


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("decorative", "alt"), [(True, ""), (False, "A scalp seen from above")]
)
def test_a_picture_has_its_alternative_text_or_is_decorative(decorative, alt):
    # Rows only: drawing a rendition would leave files open in Pillow's hands.
    image = Image.objects.create(title="Scalp", file="a.png", width=9, height=9)
    image.renditions.create(filter_spec="width-720", file="b.png", width=9, height=9)
    picture = {
        "image": image.pk,
        "alt_text": "A scalp seen from above",
        "decorative": decorative,
    }

    html = rendered("image", {"image": picture, "caption": "A caption [S1]."})

    assert f'alt="{alt}"' in html
    assert "A caption" in Reader(html).words


@pytest.mark.parametrize(
    ("state", "words"),
    [("done", "Done"), ("started", "Started"), ("not-started", "Not started")],
)
def test_the_state_of_a_lesson_is_said_in_words(state, words):
    html = render_to_string("course/parts/lesson_state.html", {"state": state})

    assert Reader(html).words == words
    assert f"app-state--{state}" in html


def test_a_lesson_has_help_for_its_authors_on_every_block():
    blocks = LessonBodyBlock().child_blocks

    assert all(block.is_previewable for block in blocks.values())
    assert all(block.get_description() for block in blocks.values())


@pytest.mark.django_db
@pytest.mark.parametrize("name", LessonBodyBlock().child_blocks)
def test_the_block_picker_shows_an_example_of_each_block(admin_client, name):
    block = LessonPage._meta.get_field("body").stream_block.child_blocks[name]
    url = reverse("wagtailadmin_block_preview")

    page = admin_client.get(url, {"id": block.definition_prefix})

    assert page.status_code == 200
    main = page.text.split("<main>")[1].split("</main>")[0]
    assert len(Reader(main).words) > 10
    assert "css/anteroom.css" in page.text
