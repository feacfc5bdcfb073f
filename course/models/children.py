"""What the children of courses and lessons have in common."""

from modelcluster.models import model_from_serializable_data
from wagtail.models import Orderable, TranslatableMixin


class KeyedChild(TranslatableMixin, Orderable):
    """A child that is identified by its translation key, in its place on the page."""

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        abstract = True

    @classmethod
    def from_serializable_data(cls, data, **_checks):
        """Return the child of a revision without asking the database for each child.

        It refers to nothing but its page, which has the revision, and a language,
        which cannot be deleted as long as a page uses it.
        """
        return model_from_serializable_data(cls, data, check_fks=False)
