"""Five plain words that open somebody's progress on another device. Pure rules.

The words come from the lists of BIP 39, as the package `mnemonic` has them: 2,048 words
each, chosen to be hard to mistake for one another. Five of them are 55 bits; leaving
out those that `can_be_forgiven` refuses costs less than one.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import chain, islice, product

from mnemonic import Mnemonic

HOW_MANY = 5
# Nobody has to have more than this many sets of words looked up for one try.
MOST_CANDIDATES = 128

_LISTS = {
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "pt": "portuguese",
    "cs": "czech",
    "tr": "turkish",
    "ru": "russian",
}
_BETWEEN_WORDS = re.compile(r"[\W\d_]+")
_ANY = "*"  # stands for one letter
LONGEST = 200  # letters and blanks of what is typed

Words = tuple[str, ...]


def draw_words(language: str, choose: Callable[[Sequence[str]], str]) -> Words:
    """Return five words of the language's list, or of the English one.

    `choose` returns one of them at random, such as `secrets.choice`. Whatever single
    letter of each is written wrongly later, `candidate_words` finds them.
    """
    words: Words = ()
    while not (words and can_be_forgiven(words, language)):
        words = tuple(choose(_word_list(_main(language))) for _place in range(HOW_MANY))
    return words


def can_be_forgiven(words: Words, language: str) -> bool:
    """Return whether one wrong letter in each word leaves few enough candidates."""
    worst = math.prod(_most_neighbours(_plain(word), _main(language)) for word in words)
    return worst <= MOST_CANDIDATES


def plain_words(text: str) -> Words:
    """Return the words of the text without case, accents, blanks and other signs."""
    return tuple(_BETWEEN_WORDS.sub(" ", _plain(text)).split())


def candidate_words(text: str, language: str) -> list[Words]:
    """Return which plain words may be meant by what was typed, at most 128 of them.

    Empty for anything but five words with at most one wrong letter each.
    The language's own list comes first, then the other ones.
    """
    typed = plain_words(text)
    if len(typed) != HOW_MANY or len(text) > LONGEST:
        return []
    languages = dict.fromkeys([_main(language), *_LISTS])
    found = chain.from_iterable(_in_list(typed, each) for each in languages)
    return list(islice(dict.fromkeys(found), MOST_CANDIDATES))


def _in_list(typed: Words, language: str) -> Iterable[Words]:
    meant = [sorted(_neighbours(word, language)) for word in typed]
    # Words that were handed out never come to more.
    return product(*meant) if math.prod(map(len, meant)) <= MOST_CANDIDATES else ()


def _main(language: str) -> str:
    main = language.partition("-")[0]
    return main if main in _LISTS else "en"


def _plain(text: str) -> str:
    # In Turkish it has the capital that is the dotted one's elsewhere.
    folded = text.casefold().replace("\N{LATIN SMALL LETTER DOTLESS I}", "i")
    signs = unicodedata.normalize("NFKD", folded)
    return "".join(sign for sign in signs if not unicodedata.combining(sign))


@lru_cache(maxsize=len(_LISTS))
def _word_list(language: str) -> list[str]:
    listed = Mnemonic(_LISTS[language]).wordlist
    return [unicodedata.normalize("NFC", word) for word in listed]


@lru_cache(maxsize=len(_LISTS))
def _index(language: str) -> dict[str, set[str]]:
    """Return each pattern of a word with one letter open → the words that fit."""
    fitting: dict[str, set[str]] = {}
    for word in map(_plain, _word_list(language)):
        for pattern in _patterns(word):
            fitting.setdefault(pattern, set()).add(word)
    return fitting


def _patterns(word: str) -> list[str]:
    return [word[:place] + _ANY + word[place + 1 :] for place in range(len(word))]


def _neighbours(word: str, language: str) -> set[str]:
    """Return the words of the list that differ in one letter at most."""
    fitting = _index(language)
    return {near for each in _patterns(word) for near in fitting.get(each, ())}


@lru_cache(maxsize=1024)
def _most_neighbours(word: str, language: str) -> int:
    """Return to how many words of the list the word can lead, with one letter wrong."""
    written = (
        pattern.replace(_ANY, sign)
        for pattern in _patterns(word)
        for sign in _signs(language)
    )
    return max(len(_neighbours(each, language)) for each in written)


@lru_cache(maxsize=len(_LISTS))
def _signs(language: str) -> set[str]:
    return set(_plain("".join(_word_list(language))))
