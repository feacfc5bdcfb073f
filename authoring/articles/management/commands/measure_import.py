from collections.abc import Iterator
from pathlib import Path

import yaml
from django.core.management.base import BaseCommand, CommandError

from authoring.articles.readers.planning import read_and_plan
from authoring.articles.readers.reading import read_article
from authoring.articles.rules.document import sentences_of
from authoring.articles.rules.outline import AUTOMATIC
from authoring.articles.rules.scores import OutlineScore, PairScore

LABELS = ".labels.yaml"


class Command(BaseCommand):
    help = (
        "Read labelled articles, and print how many of their questions and answers are "
        "found, and how many sections are put in the right lesson. Each article has its "
        "labels beside it, in NAME.labels.yaml."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="The folder of articles.")

    def handle(self, *, folder, **options):
        if not folder.is_dir():
            raise CommandError(f"{folder} is not a folder.")
        for held in sorted({path.parent for path in folder.rglob(f"*{LABELS}")}):
            self.stdout.write(f"{held}")
            for line in (*_pair_lines(held), *_outline_lines(held)):
                self.stdout.write(f"  {line}")


def _pair_lines(folder: Path) -> Iterator[str]:
    score = pair_score(folder)
    if score.labelled or score.found:
        yield from score.errors
        yield (
            f"questions: recall {score.recall:.1%} ({score.right} of {score.labelled}), "
            f"precision {score.precision:.1%} ({score.right} of {score.found})"
        )


def _outline_lines(folder: Path) -> Iterator[str]:
    score = outline_score(folder)
    if score.articles:
        yield from score.errors
        yield (
            f"sections in the right lesson: {score.share:.1%} ({score.right} of "
            f"{score.sections}); right outlines: {score.right_outlines} of "
            f"{score.articles}"
        )


def pair_score(folder: Path) -> PairScore:
    """Return how many labelled questions of the articles in the folder are found."""
    score = PairScore()
    for article, labels in _labelled(folder, "pairs"):
        found = read_article(article.read_bytes(), article.name)
        pairs = [(e.question, " ".join(sentences_of(e.answer))) for e in found.faq]
        score.add_article(article.name, labels["pairs"] or {}, pairs)
    return score


def outline_score(folder: Path) -> OutlineScore:
    """Return how many labelled sections in the folder are put in the right lesson."""
    score = OutlineScore()
    for article, labels in _labelled(folder, "lessons"):
        plan = read_and_plan(article.read_bytes(), article.name, AUTOMATIC)
        score.add_article(article.name, labels["outline"], labels["lessons"], plan)
    return score


def _labelled(folder: Path, name: str) -> Iterator[tuple[Path, dict]]:
    """Yield the articles whose labels have this name, with their labels."""
    for file in sorted(folder.glob(f"*{LABELS}")):
        try:
            labels = yaml.safe_load(file.read_text("utf-8")) or {}
        except yaml.YAMLError as error:
            raise CommandError(
                f"{file.name} cannot be read as YAML: {error}"
            ) from error
        if name in labels:
            yield file.with_name(file.name.removesuffix(LABELS)), labels
