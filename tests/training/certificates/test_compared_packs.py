"""Two packs are compared: what was added, is gone or changed, and whether they are genuine."""

import copy
import datetime as dt
import io
import json
import zipfile
from contextlib import suppress
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone, translation

from course.tasks.bounded_reading import BeyondBounds, TooManyAtOnce
from tests.fuzzing.readers import PERSON, SEEDS, evidence_of
from tests.training.proof import complete
from tests.training.staff import a_member, a_team, a_trainer, an_assignment
from training.certificates.actions import summary_files
from training.certificates.actions.evidence import evidence_of_person, evidence_of_team
from training.certificates.readers import evidence_packs
from training.certificates.readers.evidence_packs import read_pack, read_pack_bounded
from training.certificates.readers.pack_records import checked_lines
from training.certificates.rules.exported_packs import (
    UnableToReadPack,
    UnreadablePack,
)
from training.certificates.rules.pack_comparison import compare_lines
from training.certificates.wording import COLUMNS, SummaryRow
from training.certificates.wording.packs import (
    cells_compared,
    changed_cells,
    unreadable_in_words,
)

PAGE = "/admin/training/evidence/compare/"
RECORD = json.loads((SEEDS / "evidence" / "record.json").read_bytes())
# What may stand in the place of a member of a record.
GONE = object()
STRANGE = {
    "gone": GONE,
    "nothing": None,
    "number": 7,
    "text": "x",
    "list": [],
    "object": {},
    "first day": "0001-01-01T00:00:00+00:00",
    "half a letter": "\ud800",
}


@pytest.fixture(autouse=True)
def nothing_printed(monkeypatch):
    monkeypatch.setattr(summary_files, "can_print", lambda: False)


@pytest.fixture
def team(db):
    return a_team("Ward 3")


@pytest.fixture
def learner(team, course):
    an_assignment(course, team, title="Safety")
    return a_member(team, first_name="Anna", last_name="Berg")


@pytest.fixture
def user(team):
    return a_trainer(team, email="trainer@example.org")


@pytest.fixture
def trainer(user):
    client = Client()
    client.force_login(user)
    return client


def exported(team, by, *, days=0):
    at = timezone.now() + dt.timedelta(days=days)
    with evidence_of_team(team=team, by=by, at=at) as file:
        return file.read()


def sent(client, earlier, later):
    files = {"earlier": earlier, "later": later}
    return client.post(
        PAGE, {name: SimpleUploadedFile("x.zip", text) for name, text in files.items()}
    )


def counts(response):
    found = response.context["found"].comparison
    return len(found.added), len(found.gone), len(found.changed), found.unchanged


def packed_anew(content, **others):
    """Return the pack with other files: None takes one out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        files = {name: old.read(name) for name in old.namelist()} | others
        for name, text in files.items():
            if text is not None:
                new.writestr(name, text)
    return out.getvalue()


def a_zip(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def refused(content):
    with pytest.raises(UnableToReadPack) as caught:
        read_pack(content)
    assert len(unreadable_in_words(caught.value)) > 20
    return caught.value.kind


def test_what_was_added_changed_and_is_the_same_stands_on_the_page(
    client, learner, course, team, user, trainer
):
    a_member(team, first_name="Same", last_name="Roe")
    earlier = exported(team, user)
    complete(client, learner, course)
    a_member(team, first_name="New", last_name="Roe")
    response = sent(trainer, earlier, exported(team, user, days=1))
    assert counts(response) == (1, 0, 1, 1)
    text = " ".join(response.text.split())
    assert "Latest completion: nothing →" in text
    assert "→ done" in text
    assert "New Roe" in text
    assert "Same Roe" not in text
    assert text.count("by trainer@example.org, as the log says") == 2
    assert text.count("Every file is as it was") == 2


def test_the_order_is_that_of_the_exports_and_the_page_says_so(
    learner, team, user, trainer
):
    earlier = exported(team, user)
    a_member(team)
    response = sent(trainer, exported(team, user, days=1), earlier)
    assert counts(response) == (1, 0, 0, 1)
    assert "the other way round" in response.text


def test_an_assignment_with_another_title_is_changed_not_gone(
    learner, team, user, trainer
):
    earlier = exported(team, user)
    learner.obligations.get().assignment.__class__.objects.update(title="Fire")
    response = sent(trainer, earlier, exported(team, user, days=1))
    assert counts(response) == (0, 0, 1, 0)
    assert "Assignment: Safety → Fire" in " ".join(response.text.split())


def test_the_same_twice_is_refused(learner, team, user, trainer):
    once = exported(team, user)
    response = sent(trainer, once, packed_anew(once))
    assert "the same evidence twice" in response.text
    assert "found" not in response.context


def test_evidence_of_others_and_of_a_person_is_compared_with_a_warning(
    learner, team, user, trainer
):
    at = timezone.now()
    with evidence_of_person(learner=learner, by=user, at=at) as file:
        response = sent(trainer, file.read(), exported(team, user, days=1))
    assert counts(response) == (0, 0, 0, 1)
    assert "different teams or people" in response.text


def test_files_that_were_changed_are_named(learner, team, user, trainer):
    earlier = exported(team, user)
    forged = {"index.html": "x", "style.css": None, "extra.txt": "x"}
    response = sent(
        trainer, earlier, packed_anew(exported(team, user, days=1), **forged)
    )
    for words in ("changed: index.html", "missing: style.css", "added: extra.txt"):
        assert words in response.text
    assert "Do not rely on this evidence" in response.text
    # The manifest is as it was, so the log knows it.
    assert "Not in this site" not in response.text


def test_the_log_only_tells_of_teams_that_one_may_see(learner, team, user):
    packs = exported(team, user), exported(team, user, days=1)
    stranger = Client()
    stranger.force_login(a_trainer(a_team("Ward 4")))
    response = sent(stranger, *packs)
    assert response.text.count("Not in this site") == 2
    assert "as the log says" not in response.text


def test_without_files_the_form_says_what_to_choose(trainer):
    text = trainer.post(PAGE, {}).text
    assert "Choose the earlier zip file." in text
    assert "Choose the later zip file." in text


def test_whoever_exported_in_another_language_changed_nothing():
    _hygiene, line = read_pack(evidence_of(json.dumps(RECORD).encode())).lines
    [entry] = line.exceptions
    spanish = replace(
        line,
        status_in_words="hecho",
        exceptions=[dict(entry, kind_in_words="prórroga")],
    )
    assert compare_lines([line], [spanish], cells_compared).unchanged == 1
    moved = replace(spanish, site="Annex")
    [change] = compare_lines([line], [moved], cells_compared).changed
    with translation.override("es"):
        [cell] = changed_cells(change)
    assert cell.after == "Annex"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7", UnreadablePack.NOT_A_ZIP),
        (a_zip(x="x"), UnreadablePack.NO_MANIFEST),
        (a_zip(**{"manifest.json": "{"}), UnreadablePack.BROKEN_MANIFEST),
        (a_zip(**{"manifest.json": '{"files": {}}'}), UnreadablePack.BROKEN_MANIFEST),
        (a_zip(**{"manifest.json": "[" * 500}), UnreadablePack.BROKEN_MANIFEST),
        (evidence_of(b"{"), UnreadablePack.BROKEN_RECORD),
        (evidence_of(b'{"person": {}}'), UnreadablePack.BROKEN_RECORD),
        (evidence_of(b"{}")[:-30], UnreadablePack.NOT_A_ZIP),
        (a_zip(bomb=b"\0" * 11_000_000, **{"manifest.json": ""}), "swells"),
        (a_zip(**{"manifest.json": " " * 11_000_000}), UnreadablePack.SWELLS),
    ],
)
def test_what_is_no_pack_is_refused_with_what_to_do(content, kind, monkeypatch):
    monkeypatch.setattr(evidence_packs, "LARGEST_UNPACKED", 11_500_000)
    if kind == "swells":
        monkeypatch.setattr(evidence_packs, "LARGEST_UNPACKED", 10_000_000)
    assert refused(content) == kind


def test_a_pack_with_a_password_is_refused():
    locked = bytearray(evidence_of(b"{}"))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(locked)) == UnreadablePack.LOCKED


def test_a_damaged_file_is_a_changed_one():
    content = packed_anew(evidence_of(json.dumps(RECORD).encode()), **{"a.txt": "xyz"})
    damaged = content.replace(b"xyz", b"xyy", 1)
    assert read_pack(damaged).added == ("a.txt",)


def test_too_large_a_file_is_not_looked_at(monkeypatch):
    monkeypatch.setattr(evidence_packs, "LARGEST", 5)
    assert refused(b"%PDF-1.7") == UnreadablePack.TOO_LARGE


@pytest.mark.parametrize(
    ("raised", "kind"),
    [
        (BeyondBounds, UnreadablePack.TOO_MUCH_WORK),
        (TooManyAtOnce, UnreadablePack.BUSY),
    ],
)
def test_what_takes_too_long_is_refused(raised, kind, monkeypatch):
    def never(*_arguments):
        raise raised

    monkeypatch.setattr(evidence_packs, "read_within", never)
    with pytest.raises(UnableToReadPack) as caught:
        read_pack_bounded(b"")
    assert caught.value.kind == kind


@pytest.mark.own_process
def test_a_pack_is_read_where_there_is_no_database():
    found = read_pack_bounded(evidence_of(json.dumps(RECORD).encode()))
    assert found.is_genuine
    assert [line.person for line in found.lines] == ["Anna Berg"] * 2


def places_in(value, path=()):
    """Yield the way to each member of the record, however deep."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, member in items:
        yield (*path, key)
        if isinstance(member, dict | list):
            yield from places_in(member, (*path, key))


def changed_at(record, path, value):
    record = copy.deepcopy(record)
    *way, last = path
    inside = record
    for key in way:
        inside = inside[key]
    if value is GONE:
        del inside[last]
    else:
        inside[last] = value
    return record


@pytest.mark.parametrize("value", STRANGE.values(), ids=STRANGE)
def test_a_record_that_was_made_by_hand_is_shown_or_refused(value):
    outcomes = set()
    for path in places_in(RECORD):
        try:
            lines = checked_lines(changed_at(RECORD, path, value), PERSON)
        except Exception:  # noqa: BLE001 -- the reader refuses for any
            outcomes.add("refused")
            continue
        for line in lines:
            cells = [value_of(SummaryRow(line)) for _heading, value_of in COLUMNS]
            ", ".join(map(str, [*cells, *cells_compared(line)])).encode()
            outcomes.add("shown")
    assert outcomes == {"shown", "refused"}


@pytest.mark.parametrize("value", STRANGE.values(), ids=STRANGE)
def test_a_manifest_that_was_made_by_hand_is_shown_or_refused(value):
    with zipfile.ZipFile(io.BytesIO(evidence_of(b"{}"))) as archive:
        said = json.loads(archive.read("manifest.json"))
    for path in places_in(said):
        manifest = json.dumps(changed_at(said, path, value))
        with suppress(UnableToReadPack):
            read_pack(a_zip(**{"manifest.json": manifest})).exported_at.astimezone()
