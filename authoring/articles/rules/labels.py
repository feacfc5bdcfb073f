"""Recognise labels of questions and answers, contact lines and boilerplate. Pure."""

# ruff: noqa: RUF001 -- typographic signs are what this module reads.

import re
from functools import cache
from pathlib import Path

import yaml

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+|\[email.protected\]", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w.,])\+?\(?\d[\d\s().–-]{6,}\d(?![\w%])")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_CONTACT_WORDS = 12


@cache
def label_lists() -> dict[str, frozenset[str]]:
    """Return list name → entries in small letters, from `labels.yaml`."""
    text = Path(__file__).with_name("labels.yaml").read_text("utf-8")
    return {name: frozenset(entries) for name, entries in yaml.safe_load(text).items()}


@cache
def _label(name: str) -> re.Pattern[str]:
    longest_first = sorted(label_lists()[name], key=len, reverse=True)
    words = "|".join(re.escape(word) for word in longest_first)
    return re.compile(
        rf"(?:{words})\s*\d{{0,3}}(?:\s*[:.)]|\s+[–-](?=\s))\s*(?=\S)", re.IGNORECASE
    )


def plain_heading(text: str) -> str:
    """Return the heading in small letters, without leading numbers or end punctuation."""
    return re.sub(r"^[\d.)\s]+|[\s:!?.؟…]+$", "", text).lower()


def is_boilerplate_heading(text: str) -> bool:
    """Return whether the heading is not part of the article, such as “Share this”."""
    return plain_heading(text) in label_lists()["boilerplate_headings"]


def after_question_label(text: str) -> str | None:
    """Return the text after a label such as “Q:” or “Soru 2.”, or None without a label."""
    return _after(text, "question_labels")


def after_answer_label(text: str) -> str | None:
    """Return the text after a label such as “A:” or “Antwort:”, or None without a label."""
    return _after(text, "answer_labels")


def _after(text: str, name: str) -> str | None:
    match = _label(name).match(text)
    return text[match.end() :] if match else None


def find_contacts(text: str) -> list[str]:
    """Return the e-mail addresses, web addresses and telephone numbers in the text."""
    return [
        match[0].strip()
        for pattern in (_EMAIL, _ADDRESS, _PHONE)
        for match in pattern.finditer(text)
        if pattern is not _PHONE or sum(map(str.isdigit, match[0])) >= 8
    ]


def is_contact_line(text: str) -> bool:
    """Return whether the line is short and only gives contact details."""
    if len(text.split()) > _CONTACT_WORDS:
        return False
    label = text.partition(":")[0].strip().lower()
    is_labelled = ":" in text and label in label_lists()["contact_labels"]
    rest = text
    for found in find_contacts(text):
        rest = rest.replace(found, "")
    return is_labelled or (rest != text and len(rest.split()) <= 3)
