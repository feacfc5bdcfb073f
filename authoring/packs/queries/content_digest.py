"""The digest of a page's content, used to find out whether it has changed.

The digest covers what a pack can hold, or what a reviewer signs. Equal content has an
equal digest (`course.rules.comparison`), so fields that a newer release adds and leaves
empty change nothing. Ids do count: stored digests include them, and answers refer to
options by id.
"""

import json
from collections.abc import Iterable

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from wagtail.fields import StreamField
from wagtail.models import Page

from authoring.packs.queries.target_page import Fields, TargetPage
from course.models import CoursePage, FaqEntry, LessonPage
from course.queries.danger_signs import danger_signs
from course.rules.comparison import normalise_content
from course.rules.content_fields import JUDGED, MEASURED, PACKED, SIGNED, fields_used
from course.rules.digests import digest_json


def of_target(target: TargetPage) -> str:
    """Return the digest that the page will have after the load."""
    return _digest(content_of_target(target))


def content_of_target(target: TargetPage) -> Fields:
    """Return the page's content after the load, field by field."""
    content = _fields(target.model, target.fields)
    for relation in target.relations:
        children = [_fields(relation.model, child) for child in relation.children]
        content[relation.name] = children
    return content


def of_page(page: Page, target: TargetPage) -> str:
    """Return the digest of the page as it is now, draft or live."""
    return _digest(content_of_page(page, target))


def content_of_page(page: Page, target: TargetPage) -> Fields:
    """Return the page's content now, in the fields that the pack has values for."""
    content = _fields(target.model, _values(page, target.fields))
    for relation in target.relations:
        names = fields_used(relation.model, PACKED, SIGNED)
        content[relation.name] = [
            _fields(relation.model, _values(child, names))
            for child in getattr(page, relation.name).all()
        ]
    return content


def of_reviewed(page: CoursePage | LessonPage) -> str:
    """Return the digest of what a reviewer signs, draft or live.

    Wording, options, correct answers, the FAQ and their order all count.
    """
    return _digest(signed_content(page))


def signed_content(page: CoursePage | LessonPage) -> Fields:
    """Return what a reviewer signs: what learners read and are asked, without dates."""
    names = fields_used(page, SIGNED)
    lists = [name for name in names if page._meta.get_field(name).one_to_many]
    own = content_of(page, [name for name in names if name not in lists], lists)
    return own | _shared_signs(page)


def _shared_signs(page):
    """Return the site's danger signs and numbers in its language, if the page shows them.

    They are edited in Settings, but read, and signed, as part of the lesson. A clinic's
    own number is not: it is no claim.
    """
    if not (isinstance(page, LessonPage) and page.shows_danger_signs):
        return {}
    danger = danger_signs(page.locale.language_code)
    numbers = [f"{phone.name}: {phone.number}" for phone in danger.number_list]
    signs = [*danger.sign_list, *danger.same_day_list]
    return {"danger_signs": [*signs, *numbers]}


def content_of(
    page: Page, fields: Iterable[str], relations: Iterable[str] = ()
) -> Fields:
    """Return the content of these fields and of these children, in their order."""
    content = _fields(type(page), _values(page, fields))
    for name in relations:
        children = sorted(
            getattr(page, name).all(), key=lambda child: child.sort_order or 0
        )
        content[name] = [
            _fields(type(child), _values(child, fields_used(child, PACKED, SIGNED)))
            for child in children
        ]
    return content


def of_entry(entry: FaqEntry) -> str:
    """Return the digest of a FAQ entry's question and answer."""
    return _digest(_values(entry, fields_used(entry, JUDGED, MEASURED)))


def of_question(question: Model) -> str:
    """Return the digest of a question, including its correct answers."""
    model = type(question)
    names = fields_used(question, PACKED, SIGNED)
    return _digest(_fields(model, _values(question, names)))


def of_entries(page: CoursePage | LessonPage) -> dict[str, str]:
    """Return key → digest for the FAQ entries of the page; a course has none."""
    entries = page.faq_entries.all() if isinstance(page, LessonPage) else ()
    return {str(entry.translation_key): of_entry(entry) for entry in entries}


def _values(instance, names) -> Fields:
    return {name: getattr(instance, name) for name in names}


def _fields(model, fields: Fields) -> Fields:
    return {name: _value(model, name, value) for name, value in fields.items()}


def _value(model, name, value):
    field = model._meta.get_field(name)
    value = field.to_python(value)
    return field.get_prep_value(value) if isinstance(field, StreamField) else value


def _digest(content: Fields) -> str:
    return digest_json(json_content(content))


def json_content(content: Fields) -> Fields:
    """Return the content as plain JSON values, without what readers never see."""
    return normalise_content(
        json.loads(json.dumps(content, cls=DjangoJSONEncoder)), with_ids=True
    )
