"""Examples and descriptions of blocks, which the block picker shows to authors."""

from django.utils.translation import gettext_lazy as _

POINTS = [_("A first point [S1]."), _("A second point.")]

EXAMPLES = {
    "heading": {"title": _("What a stem cell is"), "anchor": "what-it-is"},
    "fold": {"title": _("Each trial and its limits"), "anchor": "each-trial"},
    "text": _("<p>A short paragraph. Every claim has a source [S1].</p>"),
    "key_terms": {"terms": ["follicle"]},
    "key_fact": {"title": "", "text": _("<p>The one fact to remember [S1].</p>")},
    "warning": {
        "title": _("Ask before you pay"),
        "text": _("<p>Some clinics do not mention all the risks [S1].</p>"),
    },
    "unknowns": {"title": "", "points": POINTS},
    "citation": {"statement": _("What the source says, in our words."), "source": "S1"},
    "icon_array": {
        "title": _("People who saw regrowth"),
        "groups": [
            {"label": _("With the medicine"), "count": 26},
            {"label": _("With a look-alike"), "count": 14},
        ],
        "meaning": _("So 12 more people out of 100 saw regrowth [S1]."),
    },
    "table": {
        "caption": _("Options side by side"),
        "columns": [
            {"type": "text", "heading": _("Option")},
            {"type": "text", "heading": _("Downsides")},
        ],
        "rows": [
            {"values": [_("No treatment"), _("Hair loss may continue.")]},
            {"values": [_("A medicine"), _("You have to keep taking it [S1].")]},
        ],
    },
    "options_table": {"caption": _("Your options in short"), "extent": "short"},
    "evidence_ladder": {"note": _("This treatment stands in the middle [S1].")},
    "timeline": {
        "title": _("After the procedure"),
        "events": [
            {"when": _("First day"), "what": _("The scalp is sore.")},
            {"when": _("First week"), "what": _("The swelling goes down.")},
        ],
    },
    "illustration": {
        "drawing": "follicle",
        "description": _("A hair follicle cut open, with its parts named."),
    },
    "steps": {
        "title": _("How it is done"),
        "steps": [
            {"title": _("Collect"), "text": _("Some fat is taken.")},
            {"title": _("Inject"), "text": _("Cells are put into the scalp.")},
        ],
    },
    "do_list": {"kind": "do", "points": POINTS},
    "care_card": {
        "level": "urgent",
        "title": _("Call your doctor today if"),
        "points": [_("you have a fever"), _("the wound is hot")],
        "after": "",
    },
    "danger_signs": {"note": _("From [S1]."), "same_day": False},
    "checklist": {"title": _("Questions to ask a clinic"), "points": POINTS},
    "questions_to_ask": {"title": ""},
    "next_steps": {"title": "", "points": POINTS},
    "check_yourself": {"question": "example"},
}

DESCRIPTIONS = {
    "heading": _("Starts a section. Questions can link to it."),
    "fold": _(
        "Folds what follows, for readers who want more. It ends at the next heading, "
        "fold, care card, list of danger signs, “What we do not know”, “What you can "
        "do next” or “Check yourself”."
    ),
    "text": _("Paragraphs and lists. Keep a section under 150 words."),
    "key_terms": _("Explains the words a reader needs first."),
    "key_fact": _("One fact that stands out from the text."),
    "warning": _("Something to be careful about."),
    "unknowns": _("Says clearly what is not known yet."),
    "citation": _("What a source says, with a link to the source."),
    "icon_array": _("Shows how many of 100 people something happens to."),
    "table": _("Options side by side, including “no treatment”."),
    "options_table": _("The options of the course, which are edited on its own page."),
    "evidence_ladder": _("Explains the sign beside options and claims of benefit."),
    "timeline": _("What happens when."),
    "illustration": _("One of our drawings, with a description."),
    "image": _("Your own picture, with a description for people who cannot see it."),
    "steps": _("What happens, in order."),
    "do_list": _("What to do, or what not to do."),
    "care_card": _("When to get help, and how quickly."),
    "danger_signs": _(
        "When to call the emergency number, with numbers to tap. The same everywhere."
    ),
    "checklist": _("A list that readers can print and take with them."),
    "questions_to_ask": _(
        "The lesson's questions to ask, which are on the FAQ tab. Readers can choose "
        "some of them for their appointment."
    ),
    "next_steps": _("What the reader can do now."),
    "check_yourself": _(
        "One of the lesson's questions, which readers answer in the text. It does not "
        "count."
    ),
}

# Context that the templates of blocks need.
SURROUNDINGS = {
    "terms": {
        "follicle": {
            "term": _("Follicle"),
            "meaning": _("The tiny pocket in the skin that grows one hair."),
        }
    },
    "to_ask": [
        {"text": _("What exactly will you inject?")},
        {"text": _("Who do I call at night?")},
    ],
    "checks": [
        [
            {
                "anchor": "check-example",
                "at": "example-",
                "kind_template": "quizzes/kinds/single_choice.html",
                "question": {
                    "handle": "example",
                    "stem": _("Which of these holds no living cells?"),
                },
                "hint": _("Choose one answer."),
                "controls": [
                    {"id": "1", "text": _("Bone marrow")},
                    {"id": "2", "text": _("Exosomes")},
                ],
            },
            [],
        ]
    ],
}


class WithExample:
    """A block of a lesson that the block picker shows with an example."""

    def get_preview_value(self):
        if self.name not in EXAMPLES:
            return self.get_default()
        return self.to_python(_as_text(EXAMPLES[self.name]))

    def get_preview_context(self, value, parent_context=None):
        return {**(parent_context or {}), **_as_text(SURROUNDINGS)}

    def get_description(self):
        return str(DESCRIPTIONS[self.name])


def _as_text(value):
    """Return the example in the active language."""
    if isinstance(value, dict):
        return {key: _as_text(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_as_text(part) for part in value]
    return value if isinstance(value, int) else str(value)
