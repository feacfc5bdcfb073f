"""How the rules for prose use each field of each block in a lesson's body. Pure.

Blocks and fields have the same names as in the body and in content packs. Packs,
sign-offs and citations use the whole body, so blocks declare nothing else.
"""

from course.rules.content_fields import JUDGED, MEASURED, Use

# None: an id or setting, which is not read as text.
BLOCK_FIELDS: dict[str, Use | None] = {
    "heading.title": JUDGED,
    "heading.anchor": None,
    "fold.title": JUDGED,
    "fold.anchor": None,
    "text": MEASURED,
    "key_terms.terms": None,
    "key_fact.title": JUDGED,
    "key_fact.text": MEASURED,
    "key_fact.evidence": None,
    "warning.title": JUDGED,
    "warning.text": MEASURED,
    "unknowns.title": JUDGED,
    "unknowns.points": MEASURED,
    "citation.statement": MEASURED,
    "citation.source": None,
    "icon_array.title": JUDGED,
    "icon_array.groups.label": JUDGED,
    "icon_array.groups.count": None,
    "icon_array.meaning": MEASURED,
    "icon_array.evidence": None,
    # Cells are not sentences, so their readability cannot be measured.
    "table.caption": JUDGED,
    "table.columns": JUDGED,
    "table.rows": JUDGED,
    # The options have rules of their own.
    "options_table.caption": JUDGED,
    "options_table.extent": None,
    "evidence_ladder.note": MEASURED,
    "timeline.title": JUDGED,
    "timeline.events.when": JUDGED,
    "timeline.events.what": MEASURED,
    "illustration.drawing": None,
    "illustration.description": MEASURED,
    # The title is the picture's name in the library.
    "image.file": None,
    "image.title": None,
    "image.decorative": None,
    "image.alt": MEASURED,
    "image.caption": MEASURED,
    "steps.title": JUDGED,
    "steps.steps.title": JUDGED,
    "steps.steps.text": MEASURED,
    "do_list.kind": None,
    "do_list.points": MEASURED,
    "care_card.level": None,
    "care_card.title": JUDGED,
    "care_card.points": MEASURED,
    "care_card.after": MEASURED,
    "danger_signs.note": MEASURED,
    "danger_signs.same_day": None,
    "checklist.title": JUDGED,
    "checklist.points": MEASURED,
    "questions_to_ask.title": JUDGED,
    "next_steps.title": JUDGED,
    "next_steps.points": MEASURED,
    "check_yourself.question": None,
}
