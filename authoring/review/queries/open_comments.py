"""Comments in the editor that wait for an answer."""

from django.db.models import BigIntegerField, Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from wagtail.models import Comment, CommentReply, Page

from accounts.models import User


def comments_waiting_for(user: User, pages: QuerySet[Page]) -> QuerySet[Comment]:
    """Return open comments on the pages, oldest first, with their number of `answers`.

    Those in which the user had the last word wait for somebody else.
    """
    replies = CommentReply.objects.filter(comment=OuterRef("pk"))
    last = replies.order_by("-created_at", "-pk").values("user")[:1]
    comments = Comment.objects.filter(
        page__in=pages.order_by().values("pk"), resolved_at__isnull=True
    )
    return (
        comments.annotate(
            last_by=Coalesce(Subquery(last), F("user"), output_field=BigIntegerField()),
            answers=Count("replies"),
        )
        .exclude(last_by=user.pk)
        .select_related("user", "page__locale")
        .order_by("created_at", "pk")
    )
