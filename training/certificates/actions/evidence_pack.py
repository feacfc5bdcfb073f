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
    """A zip file being written, with the SHA-256 of each file in it."""

    zip: ZipFile
    files: dict[str, str] = field(default_factory=dict)

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
        people = []
        for batch in batches:
            people += [_add_person(pack, batch, learner) for learner in batch.learners]
            for paper in batch.papers.values():
                pack.add(f"papers/{paper.sha256}.json", _canonical(paper))
        for name, source in COPIED.items():
            pack.add(name, source.read_text(encoding="utf-8"))
        context = {"facts": facts, "people": people}
        index = render_to_string("training/certificates/evidence/index.html", context)
        pack.add("index.html", index)
        manifest = json.dumps(facts | {"files": pack.files}, indent=1)
        opened.writestr("manifest.json", manifest)
    return digest_text(manifest)


def _add_person(pack, batch, learner):
    record = record_of(batch, learner)
    name = f"people/{learner.uuid}"
    pack.add_json(f"{name}.json", record)
    context = {"record": record}
    pack.add(
        f"{name}.html",
        render_to_string("training/certificates/evidence/person.html", context),
    )
    return record


def _canonical(paper: Paper) -> str:
    """Return the paper as it was frozen: its SHA-256 is its name."""
    return canonical_json(paper.payload)
