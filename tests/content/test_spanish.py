"""What the rules on English words hold in English, held in Spanish."""

import re

import pytest

from authoring.packs.queries.wording import own_voice
from authoring.packs.rules.items import question_in_pack
from course.rules import prose
from quizzes.kinds import kind_of
from quizzes.rules.guessing import LIMIT
from tests.content.conftest import FOLDERS, locale_of, reading_of

SPANISH = [folder for folder in FOLDERS if locale_of(folder) == "es"]
LESSONS = [lesson for folder in SPANISH for lesson in reading_of(folder).lessons]

PROMISE = re.compile(
    r"\b(cura[rn]?|garantiza\w*|milagro\w*|revolucionari\w+|sin riesgos?|indolor\w*"
    r"|natural(es|mente)?|rejuvenec\w*|segur[oa]s?|demostrad[oa]s?"
    r"|no invasiv[oa]s?|prometedor\w*|potencia\w*|sin cirugía|como nuev[oa]"
    r"|vale la pena|todo su cabello)\b",
    re.I,
)
DENIED = re.compile(
    r"\b(no|ni|nada|nadie|ningun[oa]?|ningún|nunca|sin|tampoco)\b", re.I
)
# “Seguro” is also insurance or certain.
OTHER_SENSES = re.compile(
    r"¿(Es segur[oa]|Pagará mi seguro)|bastante seguros|^[^.]*“",
    re.I,
)

CUES = {
    "hedged": r"(?<!no )pueden?|podr\w+|algun[oa]s?|a menudo|suelen?|quizás?|tal vez|alrededor"
    r"|sobre todo|por lo general|probable\w*|posible\w*|parecen?|poc[oa]s"
    r"|a veces|depende\w*|salvo|en parte|casi",
    "sceptical": r"no|ni|ningun[oa]?|ningún|nadie|nada|nunca|sin|tampoco|poc[oa]s?"
    r"|desconocid[oa]s?|esperar",
    "absolute": r"tod[oa]s?|siempre|nunca|cualquier\w*|solo|sola|únic[oa]|mejor|exactamente"
    r"|nada|nadie|ningun[oa]?|ningún|enseguida|cada",
}


@pytest.mark.parametrize("spanish_lesson", LESSONS, ids=lambda lesson: lesson.meta.slug)
def test_nothing_is_promised(spanish_lesson):
    found = [
        f"{spanish_lesson.file}:{wording.line}: “{match[0]}” in: {sentence}"
        for wording in own_voice(spanish_lesson)
        for sentence in prose.split_sentences(wording.text)
        for match in PROMISE.finditer(sentence)
        if not (DENIED.search(sentence) or OTHER_SENSES.search(sentence))
    ]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("sign", [1, -1], ids=["most", "fewest"])
@pytest.mark.parametrize("cue", CUES)
@pytest.mark.parametrize("pack", SPANISH, ids=lambda folder: folder.name)
def test_wording_gives_away_no_quiz(pack, cue, sign):
    pattern = re.compile(rf"\b({CUES[cue]})\b", re.I)
    chances = [
        chance_of(question, lambda text: sign * len(pattern.findall(text)))
        for question in questions_of(pack)
    ]
    assert sum(chances) / len(chances) <= LIMIT


def questions_of(folder):
    found = [
        question_in_pack(each)
        for les in reading_of(folder).lessons
        for each in les.items
    ]
    return [question for question in found if kind_of(question).has_one_right_option]


def chance_of(question, strength_of):
    """Return the chance of whoever picks the option with the strongest cue."""
    strengths = [strength_of(option.text) for option in question.options]
    picked = [
        option
        for option, strength in zip(question.options, strengths, strict=True)
        if strength == max(strengths)
    ]
    return sum(option.right for option in picked) / len(picked)
