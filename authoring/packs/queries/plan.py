"""Plan the load of a pack, page by page. Nothing is written."""

from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from wagtail.models import Locale, Page, Site

from authoring.packs.models import LoadedPage
from authoring.packs.queries import content_digest, pictures, target_pages
from authoring.packs.queries.drafts import saves_drafts_in
from authoring.packs.queries.page_comparison import page_differences
from authoring.packs.queries.pictures import NewPicture
from authoring.packs.queries.target_page import TargetPage
from authoring.packs.rules.content import CoursePack
from authoring.packs.rules.problems import BrokenPackError, PackProblem
from authoring.packs.rules.reading import COURSE


class Verdict(Enum):
    """What happens to a page, in the words that load_course prints."""

    CREATE = "add"
    UPDATE = "update"
    UNCHANGED = "no change"
    EDITED = "not changed: an editor changed it since it was loaded"
    UNPUBLISHED = "not changed: an editor unpublished it"
    DELETED = "not added: an editor deleted it"
    REPLACE = "update, replacing what an editor changed"
    RESTORE = "add back, although an editor deleted it"

    @property
    def is_editors(self) -> bool:
        return self in (Verdict.EDITED, Verdict.UNPUBLISHED, Verdict.DELETED)

    @property
    def writes(self) -> bool:
        return self.adds or self in (Verdict.UPDATE, Verdict.REPLACE)

    @property
    def adds(self) -> bool:
        return self in (Verdict.CREATE, Verdict.RESTORE)


@dataclass(frozen=True)
class PagePlan:
    """One page of the pack: its target, the existing page, and what to do."""

    target: TargetPage
    page: Page | None
    record: LoadedPage | None
    digest: str
    verdict: Verdict


@dataclass(frozen=True)
class PackPlan:
    """What to do for a pack. `steps` start with the course.

    `reorders` is true if existing lessons change places. `dropped` holds the slugs of
    lessons that were loaded before and are no longer in the pack. `pictures` are added
    to the library first; then the plan is made again. `saves_drafts` is true in a
    language whose pages only go live once they are signed off.
    """

    source: CoursePack
    overwrite: bool
    pack: str
    locale: Locale
    parent: Page
    steps: tuple[PagePlan, ...]
    reorders: bool
    keeps_editors_order: bool
    dropped: tuple[str, ...]
    pictures: tuple[NewPicture, ...]

    @property
    def course(self) -> PagePlan:
        return self.steps[0]

    @property
    def lessons(self) -> tuple[PagePlan, ...]:
        return self.steps[1:]

    @property
    def saves_drafts(self) -> bool:
        return saves_drafts_in(self.locale)


def plan_pack(pack: CoursePack, *, overwrite: bool = False) -> PackPlan:
    """Return the plan for the pack; `overwrite` replaces what editors changed.

    Raises BrokenPackError if the pack's language is not set up, or an address or key is
    taken, or the library would not accept a picture.
    """
    return _PackPlanner(pack, overwrite).plan()


class _PackPlanner:
    def __init__(self, pack, overwrite):
        self.pack = pack
        self.overwrite = overwrite
        self.name = pack.course.meta.pack
        self.locale = self._locale()
        records = LoadedPage.objects.filter(
            pack=self.name, language_code=self.locale.language_code
        )
        self.records = {record.key: record for record in records}

    def plan(self):
        parent = self._parent()
        course = self._step(target_pages.target_course(self.pack))
        library = pictures.pictures_in_library(self.pack)
        pages = target_pages.target_lessons(self.pack, library)
        lessons = [self._step(page) for page in pages]
        if course.verdict is Verdict.DELETED:
            lessons = [_without_course(step) for step in lessons]
        self._require_free_addresses(parent, course, lessons)
        self._require_own_keys(course, lessons)
        if problems := pictures.picture_problems(self.pack, library):
            raise BrokenPackError(problems)
        orders = self._orders(lessons)
        return PackPlan(
            self.pack,
            self.overwrite,
            self.name,
            self.locale,
            parent,
            (course, *lessons),
            reorders=self._reorders(*orders),
            keeps_editors_order=self._keeps_order(*orders),
            dropped=self._dropped(course, lessons),
            pictures=self._pictures(lessons, library),
        )

    def _locale(self):
        code = self.pack.course.meta.locale
        locale = Locale.objects.filter(language_code=code).first()
        if not locale:
            message = f"The site has no language “{code}”. Add the language first."
            raise self._refusal_of_language(message)
        return locale

    def _parent(self):
        """Return the home page in the pack's language, below which its course stands."""
        home = Site.objects.get(is_default_site=True).root_page
        if home.locale_id == self.locale.pk:
            return home
        found = home.get_translation_or_none(self.locale)
        if not found:
            message = "The site has no home page in this language. Add it first."
            raise self._refusal_of_language(message)
        return found

    def _refusal_of_language(self, message):
        line = self.pack.course.yaml.line_of(("locale",))
        return BrokenPackError([PackProblem(COURSE, line, message)])

    def _step(self, page):
        found = page.model.objects.filter(
            translation_key=page.key, locale=self.locale
        ).first()
        record = self.records.get(page.key)
        digest = content_digest.of_target(page)
        verdict = self._verdict(page, found, record, digest)
        if verdict is Verdict.UNCHANGED:
            digest = content_digest.of_page(found, page)
        return PagePlan(page, found, record, digest, verdict)

    def _verdict(self, page, found, record, digest):
        verdict = _verdict(page, found, record, digest)
        if not (self.overwrite and verdict.is_editors):
            return verdict
        return Verdict.REPLACE if found else Verdict.RESTORE

    def _require_free_addresses(self, parent, course, lessons):
        problems = [*_taken(parent, course)]
        for step in lessons:
            problems += _taken(course.page, step)
        if problems:
            raise BrokenPackError(problems)

    def _require_own_keys(self, course, lessons):
        steps = [step for step in (course, *lessons) if step.verdict.writes]
        taken = [problem for step in steps for problem in self._taken_keys(step)]
        if taken:
            raise BrokenPackError(taken)

    def _taken_keys(self, step):
        """Yield a problem for each key that a child of another page already has."""
        for relation in step.target.relations:
            keys = [child["translation_key"] for child in relation.children]
            others = relation.model.objects.filter(
                translation_key__in=keys, locale=self.locale
            ).exclude(**{relation.parent_field: step.page})
            for key in others.values_list("translation_key", flat=True):
                yield _taken_key(self.pack.folder, step.target.file, key)

    def _pictures(self, lessons, library):
        return tuple(
            picture
            for step in lessons
            if step.verdict.writes
            for picture in pictures.new_pictures_in(
                self.pack, step.target.file, library
            )
        )

    def _orders(self, lessons):
        """Return the keys of the lessons in pack order, as last loaded, and as now."""
        known = [step for step in lessons if step.page and step.record]
        return (
            _keys(known),
            _keys(sorted(known, key=lambda step: step.record.position)),
            _keys(sorted(known, key=lambda step: step.page.path)),
        )

    def _reorders(self, in_pack, loaded, current):
        by_pack_alone = current == loaded
        return current != in_pack and (self.overwrite or by_pack_alone)

    def _keeps_order(self, in_pack, loaded, current):
        return current != in_pack and not self._reorders(in_pack, loaded, current)

    def _dropped(self, course, lessons):
        ours: set[UUID] = {step.target.key for step in (course, *lessons)}
        gone = [record for key, record in self.records.items() if key not in ours]
        return tuple(sorted(record.slug for record in gone))


def _verdict(page, found, record, digest) -> Verdict:
    if not found:
        return Verdict.DELETED if record else Verdict.CREATE
    saves_drafts = saves_drafts_in(found.locale)
    if not found.live and (found.first_published_at or not saves_drafts):
        return Verdict.UNPUBLISHED
    versions = [] if saves_drafts else [found]
    if found.has_unpublished_changes or saves_drafts:
        versions.append(found.get_latest_revision_as_object())
    current = {content_digest.of_page(version, page) for version in versions}
    if current == {digest} or not any(page_differences(v, page) for v in versions):
        return Verdict.UNCHANGED
    loaded = {record.digest} if record else set()
    return Verdict.UPDATE if current <= loaded | {digest} else Verdict.EDITED


def _without_course(step):
    return PagePlan(step.target, None, step.record, step.digest, Verdict.DELETED)


def _taken(parent, step):
    """Return a problem if another page already has the address."""
    if not parent or not step.verdict.writes:
        return []
    above = step.page.get_parent() if step.page else parent
    others = above.get_children().filter(slug=step.target.slug)
    if step.page:
        others = others.exclude(pk=step.page.pk)
    if not others.exists():
        return []
    message = (
        f"Another page already has the address “{step.target.slug}”. Give this page"
        " a different slug, or move the other page."
    )
    return [PackProblem(step.target.file, 2, message)]


def _taken_key(folder, file, key):
    """Return a problem at the line of the key; a derived key is in no line."""
    message = f"Another page already uses the key {key}. Remove this line."
    for path in sorted(folder.glob("*.md")):
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        for line, text in enumerate(lines, start=1):
            if str(key) in text:
                return PackProblem(path.name, line, message)
    return PackProblem(file, 1, message)


def _keys(steps):
    return [step.target.key for step in steps]
