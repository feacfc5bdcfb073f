"""Translations from a PO file."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail_localize.models import Translation

from authoring.translating.access import may_translate
from authoring.translating.actions.files import UnableToTakeTexts, import_texts
from authoring.translating.readers import LARGEST


@require_POST
def upload_texts(request, translation_id):
    """Take the translations of a PO file, or say what is wrong with it."""
    translation = get_object_or_404(Translation, pk=translation_id)
    page = translation.get_target_instance()
    if not may_translate(request.user, page):
        raise PermissionDenied
    file = request.FILES.get("file")
    content = file.read(LARGEST + 1) if file else b""
    try:
        done = import_texts(translation=translation, content=content, user=request.user)
    except UnableToTakeTexts as error:
        messages.error(request, error.reason)
    else:
        messages.success(request, _taken(done.count))
        for warning in _warnings(done):
            messages.warning(request, warning)
    return redirect("wagtailadmin_pages:edit", page.pk)


def _taken(count):
    message = ngettext(
        "Took %(count)d translation from the file. Save a draft to see it in the page.",
        "Took %(count)d translations from the file. Save a draft to see them in the page.",
        count,
    )
    return message % {"count": count}


def _warnings(done):
    if done.unknown:
        yield ngettext(
            "%(count)d text of the file is not in the page, and was left out.",
            "%(count)d texts of the file are not in the page, and were left out.",
            done.unknown,
        ) % {"count": done.unknown}
    if done.invalid:
        yield ngettext(
            "%(count)d translation has marks that its text has not. Correct it below.",
            "%(count)d translations have marks that their texts have not. Correct them below.",
            done.invalid,
        ) % {"count": done.invalid}
