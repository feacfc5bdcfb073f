"""Compare what was found in labelled articles with their labels. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from authoring.articles.rules.plan import UNPLACED, ArticlePlan


@dataclass
class PairScore:
    """Counts of questions and answers: labelled, found, and found as labelled."""

    labelled: int = 0
    found: int = 0
    right: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of labelled pairs that were found, 0 to 1."""
        return self.right / self.labelled if self.labelled else 1.0

    @property
    def precision(self) -> float:
        """The share of found pairs that are labelled, 0 to 1."""
        return self.right / self.found if self.found else 1.0

    def add_article(
        self, name: str, labels: dict[str, str], pairs: Iterable[tuple[str, str]]
    ) -> None:
        """Count the pairs of an article. A label maps a question to how its answer starts."""
        found = list(pairs)
        right = {
            asked
            for asked, answer in found
            if asked in labels and answer.startswith(labels[asked])
        }
        self.labelled += len(labels)
        self.found += len(found)
        self.right += len(right)
        self.errors += [f"{name}: missed “{q}”" for q in labels if q not in right]
        self.errors += [
            f"{name}: found “{q}” → “{answer[:60]}”"
            for q, answer in found
            if q not in right
        ]


@dataclass
class OutlineScore:
    """Counts of articles with the right outline, and of sections in the right lesson."""

    articles: int = 0
    right_outlines: int = 0
    sections: int = 0
    right: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The share of labelled sections that are in the labelled lesson, 0 to 1."""
        return self.right / self.sections if self.sections else 1.0

    def add_article(
        self,
        name: str,
        outline: str,
        lessons: dict[int | str, list[str]],
        plan: ArticlePlan,
    ) -> None:
        """Count the sections of an article.

        `lessons` maps the number of a lesson, or “none”, to the headings in it. If the
        plan has another outline than the labelled one, each section counts as wrong.
        """
        self.articles += 1
        self.right_outlines += plan.outline == outline
        if plan.outline != outline:
            self.errors.append(f"{name}: outline {plan.outline}, not {outline}")
        numbers: dict[str, int | str] = {UNPLACED: "none"}
        numbers |= {part.slug: n for n, part in enumerate(plan.lessons, 1)}
        places = {part.name: numbers.get(part.place, "left out") for part in plan.parts}
        for number, headings in lessons.items():
            for heading in headings:
                found = places.get(heading, "not in the plan")
                is_right = found == number and plan.outline == outline
                self.sections += 1
                self.right += is_right
                if not is_right:
                    self.errors.append(f"{name}: “{heading}” {found}, not {number}")
