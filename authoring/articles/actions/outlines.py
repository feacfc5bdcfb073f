"""Save and delete the outlines that authors of this site write."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from authoring.articles.models import ArticleOutline
from authoring.articles.rules.outline import outline_named, outline_names
from authoring.articles.rules.outline_files import Written
from authoring.rules.slugs import slug_of
from course.rules.free_names import free_name


class UnableToSaveOutline(Exception):
    """There is another outline with this name. The message says what to do."""


@transaction.atomic
def save_outline(
    *,
    content: Written,
    user: User,
    at: datetime,
    outline: ArticleOutline | None = None,
    replace: bool = False,
) -> ArticleOutline:
    """Save what `rules.outline_files` checked, as this outline or as a new one.

    Raises UnableToSaveOutline if another has its title. With `replace`, that one is
    replaced, unless we ship it.
    """
    title = content["title"].strip()
    rows = ArticleOutline.objects.select_for_update()
    same = rows.filter(title__iexact=title).exclude(pk=outline and outline.pk).first()
    if title in _shipped_titles() or (same and not (replace and outline is None)):
        message = _(
            "There is an outline called “%(title)s” already. Choose another name."
        )
        raise UnableToSaveOutline(message % {"title": title})
    outline = outline or same
    action = "wagtail.edit" if outline else "wagtail.create"
    outline = outline or ArticleOutline(name=_free_name(title))
    outline.title, outline.content, outline.changed_at = title, content, at
    outline.save()
    log(instance=outline, action=action, user=user)
    return outline


@transaction.atomic
def delete_outline(*, outline: ArticleOutline, user: User) -> None:
    """Delete the outline. Plans made with it keep their lessons."""
    log(instance=outline, action="wagtail.delete", user=user, deleted=True)
    outline.delete()


def _shipped_titles() -> set[str]:
    return {outline_named(name).title for name in outline_names()}


def _free_name(title: str) -> str:
    """Return a name for the outline that no other has. “automatic” and “new” are taken."""
    taken = {*outline_names(), "automatic", "new"}
    taken |= set(ArticleOutline.objects.values_list("name", flat=True))
    return free_name(slug_of(title)[:80] or "outline", taken, longest=100)
