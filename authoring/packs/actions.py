"""Load a pack: write its pages in one transaction."""

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise

from django.core.files import File
from django.db import transaction
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from authoring.packs.models import LoadedPage
from authoring.packs.queries import plan as plans
from authoring.packs.queries.pictures import NewPicture
from authoring.packs.queries.plan import PackPlan, PagePlan
from authoring.packs.queries.target_page import Fields, Relation


@transaction.atomic
def load_pack(*, plan: PackPlan, at: datetime) -> None:
    """Write the pages of the plan in one transaction.

    Each page gets a revision and is published, or left as a draft in a language whose
    pages only go live once they are signed off. Pages that do not change are not
    written, so loading the same pack again changes nothing.
    """
    if plan.pictures:
        _add_pictures(plan.pictures)
        plan = plans.plan_pack(plan.source, overwrite=plan.overwrite)
    course = _written(plan.course, plan.parent, plan)
    lessons = [_written(step, course, plan) for step in plan.lessons]
    _arrange(plan, course, lessons)
    for position, step in enumerate(plan.steps):
        _remember(step, position, plan, at)


def _add_pictures(pictures: Iterable[NewPicture]) -> None:
    for picture in dict.fromkeys(pictures):
        with picture.path.open("rb") as file:
            image = get_image_model()(title=picture.title)
            image.file.save(picture.path.name, File(file), save=False)
            image.save()
        image.get_file_hash()


def _written(step: PagePlan, parent: Page | None, plan: PackPlan) -> Page | None:
    """Return the page after the step, or None if there is no page."""
    if not step.verdict.writes:
        return step.page
    page = step.page or step.target.model(
        locale=plan.locale, translation_key=step.target.key
    )
    for name, value in step.target.fields.items():
        setattr(page, name, value)
    for relation in step.target.relations:
        _fill(page, relation, plan)
    # Otherwise Wagtail would index the whole page again after saving each child.
    with disable_reference_index_auto_update():
        if not page.pk:
            page.live = not plan.saves_drafts
            parent.add_child(instance=page)
        elif not page.live:
            page.save()
        revision = page.save_revision()
        if not plan.saves_drafts:
            revision.publish()
    ReferenceIndex.create_or_update_for_object(_fresh(page).specific)
    return page


def _fill(page: Page, relation: Relation, plan: PackPlan) -> None:
    """Set the children of the page, keeping the rows of those it already has."""
    there = list(getattr(page, relation.name).all())
    children = [
        _child(there, relation, fields, plan, place)
        for place, fields in enumerate(relation.children)
    ]
    getattr(page, relation.name).set(children)


def _child(there, relation: Relation, fields: Fields, plan: PackPlan, place: int):
    key = fields["translation_key"]
    child = next((row for row in there if row.translation_key == key), None)
    child = child or relation.model(locale=plan.locale)
    for name, value in fields.items():
        setattr(child, name, value)
    child.sort_order = place
    return child


def _arrange(plan: PackPlan, course: Page | None, lessons: list[Page | None]) -> None:
    """Move the lessons that are new or have changed places in the pack."""
    moved = [
        page
        for step, page in zip(plan.lessons, lessons, strict=True)
        if page and (plan.reorders or step.verdict.adds)
    ]
    pages = [page for page in lessons if page]
    if not moved or _stand_in_order(pages):
        return
    first, *_rest = pages
    if first in moved:
        _fresh(first).move(_fresh(course), pos="first-child")
    for before, page in pairwise(pages):
        if page in moved:
            _fresh(page).move(_fresh(before), pos="right")


def _stand_in_order(pages: list[Page]) -> bool:
    paths = [_fresh(page).path for page in pages]
    return paths == sorted(paths)


def _fresh(page: Page) -> Page:
    return Page.objects.get(pk=page.pk)


def _remember(step: PagePlan, position: int, plan: PackPlan, at: datetime) -> None:
    record = step.record or LoadedPage(
        key=step.target.key, language_code=plan.locale.language_code
    )
    known = (record.digest, record.slug, record.position)
    if not step.verdict.is_editors:
        record.digest, record.slug = step.digest, step.target.slug
    if not plan.keeps_editors_order:
        record.position = position
    if step.verdict.is_editors and not step.record:
        return
    if known != (record.digest, record.slug, record.position):
        record.pack, record.loaded_at = plan.pack, at
        record.save()
