"""Outlines that authors write: as YAML, to copy them between sites, and checked. Pure.

A written outline is a mapping as in the shipped files, with two differences: its signs
are words, in which “*” stands for any letters, and a lesson can have words of its own.
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from authoring.articles.rules.outline import FIRST_LANGUAGE, Outline, OutlineLesson
from authoring.articles.rules.questions.marks import fold_text
from authoring.articles.rules.topics.placing import topic_names
from authoring.packs.rules.yaml_text import read_yaml

LARGEST = 100_000
MOST_LESSONS = 30
_MOST_WORDS = 100
_MOST_STARS = 3
"""Each takes the search for it longer."""
_LONGEST_REST = 40
"""What a “*” stands for at most, so that no article takes long."""
_LONGEST = 255
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]+)*\Z", re.IGNORECASE)
_NAMES = {"title", "signs", "marks", "lessons"}
_NAMES_OF_LESSON = {"title", "topics", "words"}

Written = dict[str, Any]


class UnreadableOutline(ValueError):
    """The outline cannot be used. `problems` are sentences that say what to do."""

    def __init__(self, problems: list[str]):
        super().__init__(" ".join(problems))
        self.problems = problems


def read_outline(text: str) -> Written:
    """Return the outline written in the YAML. Raises UnreadableOutline."""
    problems: list[str] = []

    def report(line: int, message: str) -> None:
        problems.append(f"Line {line}: {message}")

    try:
        held = read_yaml(text, 1, report).data
    except RecursionError:
        raise UnreadableOutline(["This file is nested too deeply."]) from None
    if problems:
        raise UnreadableOutline(problems)
    return check_outline(held)


def check_outline(held: Any) -> Written:
    """Return the outline, if it can be used. Raises UnreadableOutline."""
    if problems := list(_problems(held)):
        raise UnreadableOutline(problems)
    return dict(held)


def write_outline(held: Written) -> str:
    """Return the outline as YAML, as `read_outline` reads it."""
    return yaml.safe_dump(
        _ordered(held), allow_unicode=True, sort_keys=False, width=100
    )


def written_outline(outline: Outline) -> Written:
    """Return a shipped outline as an author could have written it."""
    return {
        "title": outline.title,
        "signs": list(dict.fromkeys(_plain_signs(outline.signs))),
        "marks": list(outline.marks),
        "lessons": [
            {"title": dict(lesson.titles), "topics": list(lesson.topics)}
            for lesson in outline.lessons
        ],
    }


def outline_from(name: str, held: Written) -> Outline:
    """Return the outline of this name that an author wrote."""
    return Outline(
        name=name,
        title=held["title"],
        lessons=tuple(map(_lesson, held["lessons"])),
        signs=tuple(map(_pattern, held.get("signs", ()))),
        marks=tuple(held.get("marks", ())),
    )


def _lesson(held: Written) -> OutlineLesson:
    words = [word for own in held.get("words", {}).values() for word in own]
    return OutlineLesson(
        titles=tuple(held["title"].items()),
        topics=tuple(held.get("topics", ())),
        words=tuple(map(_pattern, words)),
    )


def _pattern(word: str) -> str:
    """Return the word as a regular expression. A “*” stands for any letters."""
    parts = (re.escape(fold_text(part)) for part in word.split("*"))
    return rf"\w{{0,{_LONGEST_REST}}}".join(parts)


def _plain_signs(signs: tuple[str, ...]) -> Iterator[str]:
    """Yield the words that the signs of a shipped outline stand for."""
    for sign in signs:
        word = re.sub(r"\\w[*+]", "*", sign)
        if ending := re.fullmatch(
            r"([^\W\d_][^()?\[\]\\|]*?)(?:\(\?:(\w+)\)|(\w))\?", word
        ):
            yield ending[1]
            yield ending[1] + (ending[2] or ending[3])
        elif not re.search(r"[()?\[\]\\|+.]", word):
            yield word


def _problems(held: Any) -> Iterator[str]:
    if not isinstance(held, dict):
        yield "An outline starts with “title:” and has “lessons:” below it."
        return
    yield from _of_names("The outline", held, _NAMES)
    yield from _of_line("The outline", "title", held.get("title"))
    for name in ("signs", "marks"):
        yield from _of_words(f"“{name}”", held.get(name, []))
    yield from _of_topics("“marks”", held.get("marks", []))
    lessons = held.get("lessons")
    if not isinstance(lessons, list) or not lessons:
        yield "Write at least one lesson below “lessons:”, each with “- title:”."
    elif len(lessons) > MOST_LESSONS:
        yield f"The number of lessons is limited to {MOST_LESSONS}."
    else:
        for number, lesson in enumerate(lessons, start=1):
            yield from _of_lesson(f"Lesson {number}", lesson)


def _of_lesson(where: str, held: Any) -> Iterator[str]:
    if not isinstance(held, dict):
        yield f"{where}: write “title:” and “topics:”."
        return
    yield from _of_names(where, held, _NAMES_OF_LESSON)
    yield from _of_titles(where, held.get("title"))
    yield from _of_words(f"{where}, “topics”", held.get("topics", []))
    yield from _of_topics(f"{where}, “topics”", held.get("topics", []))
    words = held.get("words", {})
    if not isinstance(words, dict):
        yield f"{where}: write the words below their language, such as “en: [bill]”."
        return
    yield from _of_languages(where, words)
    for language, own in words.items():
        yield from _of_words(f"{where}, words “{language}”", own)


def _of_titles(where: str, titles: Any) -> Iterator[str]:
    if not isinstance(titles, dict) or FIRST_LANGUAGE not in titles:
        yield f"{where}: write its title below “title:”, such as “en: Treatment”."
        return
    yield from _of_languages(where, titles)
    for title in titles.values():
        yield from _of_line(where, "title", title)


def _of_names(where: str, held: Written, known: set[str]) -> Iterator[str]:
    for name in held:
        if name not in known:
            yield f"{where}: “{name}” is not known. Known are {_listed(known)}."


def _of_line(where: str, name: str, text: Any) -> Iterator[str]:
    if not isinstance(text, str) or not text.strip():
        yield f"{where}: enter a {name}."
    elif len(text) > _LONGEST:
        yield f"{where}: the {name} can have {_LONGEST} characters at most."


def _of_languages(where: str, held: Written) -> Iterator[str]:
    for language in held:
        if not _LANGUAGE.match(str(language)):
            yield f"{where}: “{language}” is not the code of a language, such as “es”."


def _of_words(where: str, words: Any) -> Iterator[str]:
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        yield f"{where}: write a list of words, such as “[bill, insurance]”."
        return
    if len(words) > _MOST_WORDS:
        yield f"{where}: the number of words is limited to {_MOST_WORDS}."
    for word in words:
        is_too_open = word.count("*") > _MOST_STARS
        if is_too_open or len(word) > _LONGEST or not re.search(r"\w", word):
            yield f"{where}: “{word[:40]}” is not a word."


def _of_topics(where: str, topics: Any) -> Iterator[str]:
    known = topic_names()
    for topic in topics if isinstance(topics, list) else ():
        if topic not in known:
            yield f"{where}: “{topic}” is not known. Known are {_listed(known)}."


def _listed(names: Any) -> str:
    return ", ".join(sorted(names))


def read_pairs(text: str) -> dict[str, str]:
    """Return language → words of lines such as “es: Tratamiento”.

    Raises UnreadableOutline, which names the line.
    """
    pairs: dict[str, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        language, colon, words = line.partition(":")
        if not colon or not words.strip():
            raise UnreadableOutline(
                [
                    f"“{line[:60]}” has no language. Write lines such as “es: {line[:60]}”."
                ]
            )
        pairs[language.strip()] = words.strip()
    return pairs


def write_pairs(pairs: dict[str, str]) -> str:
    """Return the lines that `read_pairs` reads."""
    return "\n".join(f"{language}: {words}" for language, words in pairs.items())


def read_list(text: str) -> list[str]:
    """Return the words between commas and line ends, each once."""
    parts = re.split(r"[,;،\n]", text)
    return list(dict.fromkeys(filter(None, map(str.strip, parts))))


def _ordered(held: Written) -> Written:
    """Return the outline with its names in the order of the shipped files.

    A database may have changed it.
    """
    lessons = [
        {
            name: _by_language(one[name])
            for name in ("title", "topics", "words")
            if one.get(name)
        }
        for one in held["lessons"]
    ]
    kept = {name: held[name] for name in ("title", "signs", "marks") if held.get(name)}
    return kept | {"lessons": lessons}


def _by_language(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return dict(
        sorted(value.items(), key=lambda pair: (pair[0] != FIRST_LANGUAGE, pair))
    )
