"""Evidence as a zip file that can be read and verified without the site."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.template.loader import render_to_string

from course.rules.digests import canonical_json, digest_text
from quizzes.models import Paper
from training.certificates.queries.evidence import Batch, record_of

HERE = Path(__file__).parent
COPIED = {"verify.py": HERE / "verify.py", "style.css": HERE / "evidence.css"}


@dataclass
class Pack:
    """A zip file being written, with the SHA-256 of each file in it, and the people.

    Of each person it only keeps what the index names.
    """

    zip: ZipFile
    files: dict[str, str] = field(default_factory=dict)
    people: list[dict[str, Any]] = field(default_factory=list)

    def add(self, name: str, text: str) -> None:
        """Write the file, once per name."""
        if name not in self.files:
            self.zip.writestr(name, text)
            self.files[name] = digest_text(text)

    def add_json(self, name: str, values: Any) -> None:
        self.add(name, json.dumps(values, indent=1, ensure_ascii=False) + "\n")


def write_pack(file: IO[bytes], *, facts: dict[str, str], batches: Iterable[Batch]):
    """Write the evidence to the file and return the SHA-256 of its manifest.

    `facts` says whose evidence it is, and who exported it when.
    """
    with ZipFile(file, "w", ZIP_DEFLATED) as opened:
        pack = Pack(opened)
        for batch in batches:
            add_batch(pack, batch)
        return finish_pack(pack, facts=facts)


def add_batch(pack: Pack, batch: Batch) -> None:
    """Write the evidence of a batch of people."""
    for learner in batch.learners:
        _add_person(pack, batch, learner)
    for paper in batch.papers.values():
        pack.add(f"papers/{paper.sha256}.json", _canonical(paper))


def finish_pack(pack: Pack, *, facts: dict[str, str]) -> str:
    """Write what is about all people, and return the SHA-256 of the manifest."""
    for name, source in COPIED.items():
        pack.add(name, source.read_text(encoding="utf-8"))
    context = {"facts": facts, "people": pack.people}
    index = render_to_string("training/certificates/evidence/index.html", context)
    pack.add("index.html", index)
    manifest = json.dumps(facts | {"files": pack.files}, indent=1)
    pack.zip.writestr("manifest.json", manifest)
    return digest_text(manifest)


def _add_person(pack, batch, learner):
    record = record_of(batch, learner)
    name = f"people/{learner.uuid}"
    pack.add_json(f"{name}.json", record)
    context = {"record": record}
    page = "training/certificates/evidence/person.html"
    pack.add(f"{name}.html", render_to_string(page, context))
    named = {key: record["person"].get(key) for key in ("id", "name", "email")}
    pack.people.append({"person": named})


def _canonical(paper: Paper) -> str:
    """Return the paper as it was frozen: its SHA-256 is its name."""
    return canonical_json(paper.payload)
