"""What the papers of the project name is there: files, folders, modules, verbs, links.

Looked at is whatever stands in backticks outside code blocks, by what it looks like, so
a new paper or a moved module cannot be forgotten.
"""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from tests.rooms import FOLDERS
from tests.walking_urls import every_address

ROOT = Path(settings.BASE_DIR)
FENCES = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
IN_BACKTICKS = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s#]+)[^)]*\)")
FILE = re.compile(
    r"(?:[\w.*-]+/)*[\w*-][\w.*-]*\.(?:py|md|html|css|js|toml|conf|ya?ml)"
)
FOLDER = re.compile(r"[\w.-]+/(?:[\w.-]+/)*")
DOTTED = re.compile(r"((?:[a-z_]+/)*[a-z_]+(?:\.[a-z_]+)*)\.(\w+)(?:\(.*\))?")
WORD = re.compile(r"\w+")
BARE = re.compile(r"[a-z]+(?:_[a-z]+)+")
# What these are is said in the same sentence: things at hand and keys, no modules.
THINGS = {"request", "lesson", "anteroom"}
# What somebody takes out, or brings.
TAKEN_OUT = (".json", ".csv", ".txt", ".xml", ".gift", ".zip", ".xlsx", ".pdf")
# Git does not know what is made anew.
MADE_ANEW = ("var/", ".venv/")


@cache
def files():
    """Return all files that the repository holds, and those not yet committed."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    found = subprocess.run(
        command, cwd=ROOT, capture_output=True, check=True, text=True
    )
    return [name for name in found.stdout.splitlines() if (ROOT / name).exists()]


def papers():
    """Return the papers for people who work here, without what rooms hold as data."""
    return [
        name
        for name in files()
        if re.fullmatch(r"[A-Z]+\.md|docs/.*\.md|(?:\w+/)+README\.md", name)
        and name != "CHANGELOG.md"  # It names what was.
    ]


@cache
def everything():
    """Return every file and folder, as paths that begin and end with a slash."""
    names = {f"/{name}/" for name in files()}
    return names | {f"/{above}/" for name in files() for above in Path(name).parents}


@cache
def routes():
    """Return all addresses, a slash before each, as the URL configuration has them."""
    return [
        "/" + a.route.replace("^", "")
        for conf in (None, "quizzes.urls.quiz")
        for a in every_address(conf)
    ]


@cache
def source():
    """Return path → text of all modules and templates."""
    return {
        name: (ROOT / name).read_text(encoding="utf-8")
        for name in files()
        if name.endswith((".py", ".html", ".txt"))
        and name.startswith((*FOLDERS, "config", "templates"))
    }


def is_there(name, folder):
    """Return whether a file or folder of that name lies in the folder, or below."""
    pattern = re.escape(name.strip("/")).replace(r"\*", "[^/]*")
    inside = (
        rf"/{re.escape(folder)}/(?:.*/)?{pattern}/" if folder else rf".*/{pattern}/"
    )
    whole = re.compile(rf"{inside}|/{pattern}/|/templates/.*{pattern}/")
    return any(whole.fullmatch(each) for each in everything())


@cache
def words():
    """Return path → all words in it, of the same modules and templates."""
    return {name: set(WORD.findall(text)) for name, text in source().items()}


def holds(module, name, folder):
    """Return whether a module (or package) of that name speaks of `name`."""
    path = module.replace(".", "/")
    return any(
        name in said
        for file, said in words().items()
        if file.startswith(folder or "") or path.split("/")[0] in FOLDERS
        if re.search(rf"(?:^|/){path}(?:\.py$|/)", file)
    )


@cache
def all_words():
    return set().union(*words().values(), (Path(name).stem for name in files()))


def is_named_anywhere(word):
    return word in all_words()


def missing_in(text, folder, *, is_of_a_room):
    """Yield what a paper names, beside its folder, that is not there."""
    for named in IN_BACKTICKS.findall(FENCES.sub("", text)):
        if named.startswith(MADE_ANEW) or named.endswith(TAKEN_OUT):
            continue
        if FILE.fullmatch(named):
            found = is_there(named, folder)
        elif FOLDER.fullmatch(named):
            found = is_there(named, folder) or any(
                f"/{named}" in route for route in routes()
            )
        elif dotted := DOTTED.fullmatch(named):
            whole = f"{dotted[1]}.{dotted[2]}".replace(".", "/")
            found = (
                dotted[1] in THINGS
                or holds(dotted[1], dotted[2], folder)
                or is_there(f"{whole}.py", folder)
                or is_there(whole, folder)
            )
        else:
            bare = is_of_a_room and BARE.fullmatch(named)
            found = not bare or is_named_anywhere(named)
        if not found:
            yield named


def broken_links(text, folder):
    for target in LINK.findall(FENCES.sub("", text)):
        outside = re.match(r"https?:|mailto:", target)
        if not outside and not (ROOT / folder / target).exists():
            yield target


def folder_of(paper):
    """Return the folder that a paper speaks of; papers on everything have none."""
    return "" if paper.startswith("docs/") else str(Path(paper).parent).strip(".")


@pytest.mark.parametrize("paper", papers())
def test_what_a_paper_names_is_there(paper):
    text = (ROOT / paper).read_text(encoding="utf-8")
    of_a_room = paper.split("/")[0] in FOLDERS
    assert list(missing_in(text, folder_of(paper), is_of_a_room=of_a_room)) == []
    assert list(broken_links(text, Path(paper).parent)) == []


def test_papers_are_found():
    assert {"README.md", "docs/architecture.md", "accounts/README.md"} <= set(papers())


@pytest.mark.parametrize(
    "named",
    [
        "gone.py",
        "accounts/gone.py",
        "gone/",
        "accounts.gone.Thing",
        "accounts.register.gone_verb",
        "register.gone_verb",
        "gone_verb",
    ],
)
def test_what_is_gone_is_found(named):
    paper = f"See `{named}`, and `register.py`, `register.Holding` and [it](README.md)."
    assert list(missing_in(paper, "accounts", is_of_a_room=True)) == [named]


def test_a_link_that_leads_nowhere_is_found():
    text = "[here](architecture.md#rooms), [there](gone.md), [far](https://example.org)"
    assert list(broken_links(text, "docs")) == ["gone.md"]
