"""Two packs of evidence side by side, with what the site's log knows about them."""

from dataclasses import dataclass

from wagtail.models import ModelLogEntry

from accounts.models import User
from training.certificates.access import log_seen_by
from training.certificates.rules.exported_packs import ExportedPack
from training.certificates.rules.pack_comparison import PackComparison, compare_lines
from training.certificates.wording.packs import cells_compared


@dataclass(frozen=True)
class ComparedPacks:
    """An earlier and a later pack, what changed, and what is to be known about it.

    `earlier_export` and `later_export` are the entries of the log; None if the log has
    none that the user may see. `is_swapped` says that they were given the other way
    round, and `is_of_two` that they are not of the same team or person.
    """

    earlier: ExportedPack
    later: ExportedPack
    earlier_export: ModelLogEntry | None
    later_export: ModelLogEntry | None
    comparison: PackComparison
    is_swapped: bool

    @property
    def is_of_two(self) -> bool:
        return self.earlier.facts["about"] != self.later.facts["about"]

    @property
    def is_of_two_scopes(self) -> bool:
        """Whether they are limited to different standards or periods."""
        return any(
            self.earlier.facts[name] != self.later.facts[name]
            for name in ("period", "standard")
        )


def compared_packs(
    first: ExportedPack, second: ExportedPack, user: User
) -> ComparedPacks:
    """Return what changed from the earlier of the packs to the later.

    Only the exports of teams and people that the user may see are found in the log.
    """
    earlier, later = sorted((first, second), key=lambda pack: pack.exported_at)
    return ComparedPacks(
        earlier=earlier,
        later=later,
        earlier_export=_export_of(earlier, user),
        later_export=_export_of(later, user),
        comparison=compare_lines(earlier.lines, later.lines, cells_compared),
        is_swapped=earlier is not first,
    )


def _export_of(pack: ExportedPack, user: User) -> ModelLogEntry | None:
    exports = log_seen_by(user).filter(action="training.exported")
    return exports.filter(data__manifest=pack.manifest).first()
