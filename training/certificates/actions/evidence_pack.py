"""Evidence as a zip file that can be read and verified without the site."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.template.loader import render_to_string
from django.utils import timezone

from course.rules.digests import canonical_json, digest_text
from quizzes.models import Paper
from training.assignments.models import CompletionProof
from training.certificates.actions.summary_files import (
    csv_of_summary,
    printed_summary,
    xlsx_of_summary,
)
from training.certificates.queries.evidence import Batch, record_of
from training.certificates.queries.evidence_rows import paper_record
from training.certificates.rules.summary import SummaryLine, summary_lines
from training.certificates.wording import SummaryRow

HERE = Path(__file__).parent
COPIED = {"verify.py": HERE / "verify.py", "style.css": HERE / "evidence.css"}
TEMPLATES = "training/certificates/evidence"


@dataclass
class Pack:
    """A zip file being written, with the SHA-256 of each file in it, and the people.

    Times in it are in `zone`. Of each person it only keeps what the summary needs.
    """

    zip: ZipFile
    zone: str
    files: dict[str, str] = field(default_factory=dict)
    people: list[dict[str, Any]] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)

    def add(self, name: str, content: str | bytes) -> None:
        """Write the file, once per name."""
        if name not in self.files:
            data = content.encode() if isinstance(content, str) else content
            self.zip.writestr(name, data)
            self.files[name] = hashlib.sha256(data).hexdigest()

    def add_json(self, name: str, values: Any) -> None:
        self.add(name, json.dumps(values, indent=1, ensure_ascii=False) + "\n")

    def add_page(self, name: str, template: str, **context: Any) -> None:
        self.add(name, render_to_string(f"{TEMPLATES}/{template}", context))


def write_pack(
    file: IO[bytes],
    *,
    zone: str,
    facts: dict[str, Any],
    batches: Iterable[Batch],
    most_sheets: int | None,
) -> str:
    """Write the evidence to the file and return the SHA-256 of its manifest.

    `facts` says whose evidence it is, and who exported it when. There is no PDF if it
    would be more than `most_sheets`.
    """
    with ZipFile(file, "w", ZIP_DEFLATED) as opened:
        pack = Pack(opened, zone)
        for batch in batches:
            add_batch(pack, batch)
        with timezone.override(zone):
            rows = summary_rows(pack.lines)
            printed = printed_summary(rows, facts, most_sheets=most_sheets)
        return finish_pack(pack, facts=facts, printed=printed)


def add_batch(pack: Pack, batch: Batch) -> None:
    """Write the evidence of a batch of people."""
    with timezone.override(pack.zone):
        for learner in batch.learners:
            _add_person(pack, batch, learner)
            _add_proofs(pack, batch.completions[learner.pk])
        for paper in batch.papers.values():
            pack.add(f"papers/{paper.sha256}.json", _canonical(paper))
            values = {"paper": paper_record(paper.content), "sha256": paper.sha256}
            pack.add_page(f"papers/{paper.sha256}.html", "paper.html", **values)


def finish_pack(
    pack: Pack, *, facts: dict[str, Any], printed: Mapping[str, bytes]
) -> str:
    """Write what is about all people, and return the SHA-256 of the manifest.

    `printed` has the PDFs of the summary by name.
    """
    for name, source in COPIED.items():
        pack.add(name, source.read_text(encoding="utf-8"))
    with timezone.override(pack.zone):
        _add_summary(pack, facts, printed)
    manifest = json.dumps(facts | {"files": pack.files}, indent=1)
    pack.zip.writestr("manifest.json", manifest)
    return digest_text(manifest)


def summary_rows(lines: Iterable[dict[str, Any]]) -> list[SummaryRow]:
    """Return the lines that a pack kept as rows, by person."""
    rows = [SummaryRow(SummaryLine(**values)) for values in lines]
    return sorted(
        rows, key=lambda row: (row.line.person.casefold(), row.line.person_id)
    )


def _add_summary(pack, facts, printed):
    rows = summary_rows(pack.lines)
    for name, pdf in printed.items():
        pack.add(name, pdf)
    pack.add("summary.csv", csv_of_summary(rows))
    pack.add("summary.xlsx", xlsx_of_summary(rows))
    values = {
        "facts": facts,
        "people": pack.people,
        "rows": rows,
        "pdfs": list(printed),
    }
    pack.add_page("index.html", "index.html", **values)


def _add_person(pack, batch, learner):
    record = record_of(batch, learner)
    name = f"people/{learner.uuid}"
    pack.add_json(f"{name}.json", record)
    pack.add_page(f"{name}.html", "person.html", record=record)
    named = {key: record["person"].get(key) for key in ("id", "name", "email")}
    pack.people.append({"person": named})
    pack.lines += [asdict(line) for line in summary_lines(record)]


def _add_proofs(pack, completions):
    for row in completions:
        # One at a time: each may have some megabytes.
        for proof in CompletionProof.objects.filter(completion=row):
            pack.add(f"proofs/{proof.file_name}", bytes(proof.content))


def _canonical(paper: Paper) -> str:
    """Return the paper as it was frozen: its SHA-256 is its name."""
    return canonical_json(paper.payload)
