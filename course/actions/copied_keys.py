"""Actions on the pages of a course other than editing."""

from django.db import transaction
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, TranslatableMixin


@transaction.atomic
def sync_copied_keys(*, page: Page) -> None:
    """Give the children in a copied page's drafts the keys of its rows.

    Wagtail makes one key for a copied row and another for the same child in the copied
    drafts. The text of the drafts does not change. Safe to call again.
    """
    page = page.specific
    for relation in get_all_child_relations(page):
        if not issubclass(relation.related_model, TranslatableMixin):
            continue
        name = relation.get_accessor_name()
        keys = {row.pk: str(row.translation_key) for row in getattr(page, name).all()}
        for revision in page.revisions.all():
            for child in revision.content.get(name, []):
                child["translation_key"] = keys.get(
                    child["pk"], child["translation_key"]
                )
            revision.save(update_fields=["content"])
