"""Compare a page with a pack.

Unlike the digest, this ignores what readers cannot see: the ids of the body's blocks
and list items, a picture's id in the library, and the spaces between the ids of
sources.
"""

from typing import Any

from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.models import Page

from authoring.packs.queries import content_digest, pictures
from authoring.packs.queries.target_page import TargetPage
from course.models import CoursePage, LessonPage
from course.rules import comparison
from course.rules.content_fields import PACKED, fields_used
from quizzes.rules.question_validation import split_sources

_PACKED = [
    model._meta.get_field(name)
    for model in (CoursePage, LessonPage)
    for name in fields_used(model, PACKED)
]
_STREAMS = [field.name for field in _PACKED if isinstance(field, StreamField)]
_CHILDREN = [field.name for field in _PACKED if field.one_to_many]


def page_differences(page: Page, target: TargetPage) -> list[str]:
    """Return the places that differ, such as “questions, single, feedback”."""
    here = _readable(content_digest.content_of_page(page, target))
    there = _readable(content_digest.content_of_target(target))
    found = comparison.find_differences(here, there)
    return [", ".join(part for part in path if part != "value") for path in found]


def _readable(content):
    plain = content_digest.json_content(content)
    for name in _STREAMS:
        plain[name] = _without_ids(plain.get(name, []))
    for name in _CHILDREN:
        children = plain.get(name, [])
        plain[f"order of {name}"] = [child.get("handle") for child in children]
        plain[name] = {child.get("handle"): _child(child) for child in children}
    return plain


def _child(child):
    listed = {
        name: list(split_sources(child[name]))
        for name in ("sources", "evidence_sources")
        if isinstance(child.get(name), str)
    }
    fits = {"fits": _without_ids(child["fits"])} if "fits" in child else {}
    return child | listed | fits


def _without_ids(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_ids(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    kept = {name: _without_ids(v) for name, v in value.items() if name != "id"}
    if value.get("type") == "image" and "image" in value.get("value", {}):
        kept["value"]["image"]["image"] = _picture(value["value"]["image"])
    return kept


def _picture(shown):
    found = get_image_model().objects.filter(pk=shown.get("image")).first()
    return list(pictures.picture_identity(found)) if found else None
