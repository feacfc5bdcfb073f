"""Measure readability, and find words that a course should not use. Pure.

Texts must be plain, with a line break after each paragraph, list item or cell. A line
break always ends a sentence. Citation markers are not counted.
"""

# ruff: noqa: RUF001, RUF002 -- this module reads typographic characters.

import math
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from course.rules.markers import without_markers

_QUOTED = re.compile(r"“[^“”]*”|‘[^‘’]*’(?!\w)")
_WORD = re.compile(r"[^\W_]+(?:[-’'.,:/][^\W_]+)*")
_ABBREVIATIONS = ("e.g", "i.e", "etc", "vs", "dr", "mr", "mrs", "ms", "no", "st", "u.s")
_LONGEST = 20
"""How many characters to look back for an abbreviation, with brackets and stops."""
_END = re.compile(r"(?<=[.!?…؟])[\"”’')\]⁰¹²³⁴-⁹]*\s+(?=[\"“‘'(\[¿¡]*[^\W_a-zß-öø-ÿ])")


@dataclass(frozen=True)
class Measure:
    """The counts that the formulas need."""

    sentences: int
    words: int
    syllables: int
    polysyllables: int
    """Words of three syllables or more."""
    long_words: int
    """Words of more than six letters."""


def split_sentences(text: str) -> list[str]:
    """Return the sentences of the text, in order, without citation markers."""
    found = []
    for line in without_markers(text).splitlines():
        found += split_line(line)
    return [sentence for sentence in found if split_words(sentence)]


def split_line(line: str) -> list[str]:
    """Return the sentences of one line unchanged, in order."""
    line = line.strip()
    parts: list[str] = []
    start = 0
    for match in _END.finditer(line):
        near = line[max(start, match.start() - _LONGEST) : match.start()]
        last_word = near.rsplit(None, 1)[-1].rstrip(".").lower()
        if last_word.lstrip("(“‘") in _ABBREVIATIONS:
            continue
        parts.append(line[start : match.end()].strip())
        start = match.end()
    return [*parts, line[start:]] if line[start:] else parts


def split_words(text: str) -> list[str]:
    """Return the words. A hyphenated word, a number or a contraction counts as one."""
    return _WORD.findall(without_markers(text))


def measure_text(text: str) -> Measure:
    """Return the counts for the formulas below."""
    found = split_words(text)
    counts = [count_syllables(word) for word in found]
    return Measure(
        sentences=len(split_sentences(text)),
        words=len(found),
        syllables=sum(counts),
        polysyllables=sum(count >= 3 for count in counts),
        long_words=sum(len(word) > 6 for word in found),
    )


def flesch_kincaid_grade(text: str) -> float:
    """Return the Flesch–Kincaid grade (years of US schooling); 0.0 for no text.

    0.39 × words / sentences + 11.8 × syllables / words − 15.59. Kincaid JP and others,
    Research Branch Report 8-75, Naval Technical Training Command, 1975.
    """
    count = measure_text(text)
    if not count.words:
        return 0.0
    per_sentence = count.words / count.sentences
    return 0.39 * per_sentence + 11.8 * count.syllables / count.words - 15.59


def smog_grade(text: str) -> float:
    """Return the SMOG grade (years of US schooling); 0.0 for no text.

    1.0430 × √(words of three syllables or more × 30 / sentences) + 3.1291. McLaughlin
    GH, Journal of Reading 1969;12:639–646. It was designed for 30 or more sentences.
    """
    count = measure_text(text)
    if not count.sentences:
        return 0.0
    return 1.0430 * math.sqrt(count.polysyllables * 30 / count.sentences) + 3.1291


def lix_index(text: str) -> float:
    """Return the LIX readability index; 0.0 for no text.

    words / sentences + 100 × words of more than six letters / words. Björnsson CH,
    Läsbarhet, 1968. Below 30 is very easy, 40 is a newspaper, above 60 very hard.
    """
    count = measure_text(text)
    if not count.words:
        return 0.0
    return count.words / count.sentences + 100 * count.long_words / count.words


def longest_sentence(text: str) -> str:
    """Return the first sentence with the most words, or "" for no text."""
    return max(
        split_sentences(text), key=lambda found: len(split_words(found)), default=""
    )


def hardest_sentences(text: str, number: int = 10) -> list[str]:
    """Return the sentences with the highest Flesch–Kincaid grade, hardest first."""
    return sorted(split_sentences(text), key=flesch_kincaid_grade, reverse=True)[
        :number
    ]


_ALPHABET = re.compile(r"[A-Z]{2,4}s?\Z")
_SOUNDED_Y = re.compile(r"\by(?=[aeiou])|(?<=[aeiou])y(?=[aeiou])")
_SILENT = re.compile(
    r"(?<=[^aeiouy])e(?=(ly|ty|less|ful|ness|ments?)?\Z)(?<![^aeiouylr]le)"
    r"|(?<=^som)e(?=[^r]..)|(?<=^for)e(?=c|g|h)|(?<=^els)e|(?<=^(?:tim|lif))e(?=l)"
    r"|(?<=^plat)e(?=l)"
    r"|(?<=[^aeiouydt])e(?=d\Z)(?<![^aeiouylr]le)"
    r"|(?<=[^aeiouyscxzg])e(?=s\Z)(?<![^aeiouylr]le)(?<![cs]he)"
)
_TWO_SOUNDS = re.compile(
    r"(?<![ctgs])ia|(?<!^)(?<![csgt])io(?!n)|iu|(?<![qg])ua|(?<![pg])eo|(?<!q)uou|[ai]sm\Z|thm\Z"
    r"|iet|scien|(?<![tc])ien[ct]|ier\Z|iest\Z|[eyo]ing|(?<![qg])uid\Z|(?<!q)uen[ct]"
    r"|^crea|^rea(?=[cl]t)|^are|rea(?=ta)|deas?\Z|yos?\Z"
)
# More words than a course of many lessons has.
_WORDS_KEPT = 20_000
_RESPELT = (("business", "bizness"), ("every", "evry-"), ("any", "any-"))


@lru_cache(maxsize=_WORDS_KEPT)
def count_syllables(word: str) -> int:
    """Return the number of syllables of an English word, at least 1.

    This uses rules instead of a dictionary: groups of vowels, minus silent e, plus
    pairs of vowels that are two sounds. Two to four capitals are spelt out. A number
    counts as one syllable, as in most software, although it has more when read aloud.
    For about one in thirty new words, the result is off by one.
    """
    if _ALPHABET.match(word):
        return sum(3 if letter == "W" else 1 for letter in word.rstrip("s"))
    return sum(_spoken(part) for part in re.findall(r"[a-z]+", _plain(word))) or 1


def _plain(word: str) -> str:
    plain = re.sub(r"[’'](s|t|d|m|re|ve|ll)?\Z", "", word.lower())
    for spelt, spoken in _RESPELT:
        plain = re.sub(rf"^{spelt}", spoken, plain)
    return plain


def _spoken(part: str) -> int:
    part = _SILENT.sub("", _SOUNDED_Y.sub("-", part))
    groups = re.findall(r"[aeiouy]+", part)
    return max(1, len(groups) + len(_TWO_SOUNDS.findall(part)))


@dataclass(frozen=True)
class Promise:
    """A word that a course must not use in its own voice, with its sentence."""

    word: str
    sentence: str


_BANNED = re.compile(
    r"\b(revers(?:e[sd]?|ing)|cur(?:e[sd]?|ing)|guarante(?:e[sd]?|eing)|miracles?"
    r"|breakthroughs?|risk-free|painless(?:ly)?|natural(?:ly)?|rejuvenat\w+|safe(?:ly|r|st)?"
    r"|proven|non-?invasive|boost(?:s|ed|ing)?|promising|bright future|full head of hair"
    r"|more potent|back to normal|worth the (?:cost|money|price)|minimi[sz]es? the risk"
    r"|without (?:invasive )?surgery|(?:become|becomes|turn into|turns into) follicles"
    r"|(?:call|contact|visit) (?:us|our clinic)|book (?:a|your) consultation)\b"
    r"|\b100 ?(?:%|per cent\b)",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"(?:\b(?:not|no|never|nobody|none|neither|nor|cannot|few|nothing|without)\b|n[’']t\b)"
    r"(?!\s+(?:only|doubt|question)\b)(?:[\s,]+[\w’'-]+){0,7}[\s,]*\Z",
    re.IGNORECASE,
)
_REACH = 400
"""How far before a word to look for a denial: about eight words."""
_NEW_CLAUSE = re.compile(r"[;:—]|,? (?:and|but|so) (?=it|they|the|you|this|that|we)\b")
_ALLOWED = {
    "safe": re.compile(
        r"\?\W{0,20}\Z|\b(?:whether|if|how) [^.;]{0,300}\bsafe\b", re.IGNORECASE
    ),
    "proven": re.compile(
        r"(?<!not )(?<!yet )\bapproved\b"
        r"|\b(?:stop|stops|stopping|delay|delays|delaying|miss|instead of|put off)\b"
        r"[^.;]{0,300}\bproven\b",
        re.IGNORECASE,
    ),
    "promising": re.compile(r"\bauthors called it promising, but\b", re.IGNORECASE),
}


def find_promises(text: str) -> list[Promise]:
    """Return the banned words in the text, unless the words around them deny them.

    Words in “curly quotation marks” are quotes and ignored. A word is allowed if its
    clause denies it (“not known to be safe”, “few are proven”). So is “safe” in a
    question, and “proven” about something approved or a treatment that must not be
    stopped.
    """
    return [
        Promise(word, sentence)
        for sentence in split_sentences(text)
        for word in _promised(_QUOTED.sub("“”", sentence))
    ]


def _promised(own: str) -> Iterator[str]:
    """Yield the banned words of a sentence that are not denied, in one pass."""
    clauses = [0, *(match.end() for match in _NEW_CLAUSE.finditer(own))]
    allowed = {word: bool(rule.search(own)) for word, rule in _ALLOWED.items()}
    for match in _BANNED.finditer(own):
        clause = clauses[bisect_right(clauses, match.start()) - 1]
        reach = max(clause, match.start() - _REACH)
        is_denied = _DENIED.search(own, reach, match.start())
        if not is_denied and not allowed.get(match[0].lower()):
            yield match[0]
