"""The outlines in the admin: a list, their lessons, and files to copy them."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from authoring.articles.actions.outlines import (
    UnableToSaveOutline,
    delete_outline,
    save_outline,
)
from authoring.articles.forms.outlines import OutlineFileForm, OutlineForms
from authoring.articles.models import ArticleOutline
from authoring.articles.queries import (
    outline_as_written,
    own_outlines,
    shipped_outlines,
)
from authoring.articles.rules.outline_files import write_outline
from authoring.articles.rules.topics.placing import topic_names
from authoring.articles.views.wizard import for_authors_of_courses

_BLANK = {"title": "", "lessons": []}


@for_authors_of_courses
def list_outlines(request):
    """List the outlines, and save one from a file."""
    form = OutlineFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content, replace = form.cleaned_data["file"], form.cleaned_data["replace"]
        saved = _saved(request, form, content=content, replace=replace)
        if saved:
            return redirect("articles:outline", saved.name)
    context = {"own": own_outlines(), "shipped": shipped_outlines(), "form": form}
    return TemplateResponse(request, "authoring/articles/outlines.html", context)


@for_authors_of_courses
def new_outline(request):
    """Make a new outline, or one from a copy."""
    written = _BLANK
    if copied := request.GET.get("from"):
        written = outline_as_written(copied)
        if written is None:
            raise Http404
        title = _("%(title)s (copy)") % {"title": written["title"]}
        written = written | {"title": title}
    return _edited(request, OutlineForms(written, request.POST or None))


@for_authors_of_courses
def edit_outline(request, name):
    outline = get_object_or_404(ArticleOutline, name=name)
    forms = OutlineForms(outline.content, request.POST or None)
    return _edited(request, forms, outline)


def _edited(request, forms, outline=None):
    """Save what was posted and valid, or show it."""
    is_ready = request.method == "POST" and forms.is_valid()
    if is_ready and (
        saved := _saved(request, forms.form, content=forms.content, outline=outline)
    ):
        return redirect("articles:outline", saved.name)
    context = {"forms": forms, "outline": outline, "topics": topic_names()}
    return TemplateResponse(request, "authoring/articles/outline_form.html", context)


def _saved(request, form, **what):
    """Return the outline as saved, or None if the form says why it is not."""
    try:
        saved = save_outline(user=request.user, at=timezone.now(), **what)
    except UnableToSaveOutline as error:
        form.add_error(None, str(error))
        return None
    message = _("“%(title)s” is saved. The next article can be imported with it.")
    messages.success(request, message % {"title": saved.title})
    return saved


@for_authors_of_courses
@require_POST
def remove_outline(request, name):
    outline = get_object_or_404(ArticleOutline, name=name)
    delete_outline(outline=outline, user=request.user)
    message = _(
        "“%(title)s” was deleted. Plans that were made with it stay as they are."
    )
    messages.success(request, message % {"title": outline.title})
    return redirect("articles:outlines")


@for_authors_of_courses
@require_GET
def download_outline(request, name):
    """Send the outline as a file for another site."""
    written = outline_as_written(name)
    if written is None:
        raise Http404
    disposition = content_disposition_header(
        as_attachment=True, filename=f"{name}.yaml"
    )
    return HttpResponse(
        write_outline(written),
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": disposition},
    )
