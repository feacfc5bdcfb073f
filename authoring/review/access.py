"""Who works on which pages, and who signs them off."""

from django.db.models import QuerySet
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from accounts.models import User
from authoring.review.models import ClinicalReviewTask


def pages_edited_by(user: User) -> QuerySet[Page]:
    """Return the pages that the user may open in the editor and compare."""
    return page_permission_policy.instances_user_has_permission_for(user, "change")


def may_write_pages(user: User) -> bool:
    """Return whether the user may add pages, as authors and administrators may."""
    return page_permission_policy.user_has_permission(user, "add")


def may_sign_off_pages(user: User) -> bool:
    """Return whether a step of a review can wait for the user."""
    tasks = ClinicalReviewTask.objects.filter(active=True, groups__user=user)
    return user.is_superuser or tasks.exists()
