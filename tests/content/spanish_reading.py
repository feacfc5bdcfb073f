"""How easy a Spanish text is to read: the INFLESZ scale.

206.835 − 62.3 × syllables / words − words / sentences. Szigriszt Pazos F, Sistemas
predictivos de legibilidad del mensaje escrito, Universidad Complutense de Madrid, 1993.
Above 65 is “fairly easy” and above 80 “very easy”: Barrio-Cantalejo IM and others, An
Sist Sanit Navar 2008;31:135–152.
"""

# ruff: noqa: RUF002 -- the docstring writes a formula, and texts have accents.

import re

from course.rules import prose

# A strong or stressed vowel with the weak ones beside it, or weak vowels alone.
_NUCLEUS = re.compile(r"[iuü]?[aeoáéó][iuü]?|[iuü]?[íú][iuü]?|[iuü]+")
_SILENT_U = re.compile(r"(?<=q)u|(?<=g)u(?=[eiéí])")


def count_syllables(word):
    """Return the number of syllables of a Spanish word, at least 1."""
    written = re.sub(r"y(?![aeiouáéíóú])", "i", word.lower())
    return len(_NUCLEUS.findall(_SILENT_U.sub("", written))) or 1


def inflesz_index(text):
    """Return the INFLESZ score of a text that has words."""
    words = prose.split_words(text)
    syllables = sum(map(count_syllables, words))
    sentences = len(prose.split_sentences(text))
    return 206.835 - 62.3 * syllables / len(words) - len(words) / sentences
