"""The wizard “Import an article”: upload a file, check the plan, make draft pages."""

from functools import wraps

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied

from authoring.articles.access import may_add_courses
from authoring.articles.actions.import_jobs import article_job, import_article
from authoring.articles.actions.importing import (
    UnableToMakePages,
    change_plan,
    keep_article,
)
from authoring.articles.forms.plan import ArticleForm, PlanForm
from authoring.articles.models import ImportedArticle
from authoring.articles.queries import (
    earlier_import,
    home_for_courses,
    language_notice,
    unfinished_imports,
)
from authoring.articles.readers.reading import UnableToReadArticle, refuse_if_large
from authoring.articles.rules import report
from jobs.models import Job


def for_authors_of_courses(view):
    """Refuse users who may not add a course below the home page."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        if not may_add_courses(request.user):
            return permission_denied(request)
        return view(request, *args, **kwargs)

    return checked


@for_authors_of_courses
def new_course(request):
    form = ArticleForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            article = _kept(form, request.user)
        except UnableToReadArticle as error:
            form.add_error("file", str(error))
        else:
            return redirect("articles:plan", article.pk)
    context = {"form": form, "articles": unfinished_imports(request.user)}
    return TemplateResponse(request, "authoring/articles/new.html", context)


def _kept(form, user) -> ImportedArticle:
    file = form.cleaned_data["file"]
    refuse_if_large(file.size, file.name)
    return keep_article(
        data=file.read(),
        filename=file.name,
        outline_name=form.cleaned_data["outline"],
        user=user,
        at=timezone.now(),
    )


@for_authors_of_courses
def edit_plan(request, pk):
    article = get_object_or_404(ImportedArticle, pk=pk, applied_at=None)
    if job := article_job(article):
        return redirect("job", job.pk)
    form = PlanForm(report.from_payload(article.plan), request.POST or None)
    if request.method == "POST":
        if form.is_valid():
            change_plan(article=article, plan=form.edited)
            return _go_on(request, article, form)
        messages.error(request, _("The plan was not saved. Fix the errors below."))
        form = form.for_current_plan()
    before = earlier_import(article.sha256)
    context = {
        "form": form,
        "article": article,
        "counts": form.plan.counts,
        "earlier": before and before.course,
        "language_notice": language_notice(form.plan.language),
    }
    return TemplateResponse(request, "authoring/articles/plan.html", context)


def _go_on(request, article: ImportedArticle, form: PlanForm):
    """Save the plan only, or make the pages, depending on the button pressed."""
    if not {"make", "update"} & set(request.POST):
        messages.success(request, _("The plan is saved."))
        place = f"#part-{form.turned}" if form.turned else ""
        return redirect(reverse("articles:plan", args=[article.pk]) + place)
    onto = earlier_import(article.sha256) if "update" in request.POST else None
    try:
        done = import_article(
            article=article,
            parent=home_for_courses(form.edited.language),
            user=request.user,
            at=timezone.now(),
            onto=onto,
        )
    except UnableToMakePages as error:
        messages.error(request, str(error))
        return redirect("articles:plan", article.pk)
    if isinstance(done, Job):
        return redirect("job", done.pk)
    for title in done.kept:
        message = _(
            "“%(title)s” was not changed, because it is live or somebody edited it."
        )
        messages.warning(request, message % {"title": title})
    made = _("“%(title)s” is now a draft. Check its lessons one by one.")
    messages.success(request, made % {"title": done.course.title})
    return redirect("wagtailadmin_explore", done.course.pk)


@for_authors_of_courses
@require_POST
def discard_article(request, pk):
    get_object_or_404(ImportedArticle, pk=pk, applied_at=None).delete()
    messages.success(request, _("The article was deleted. No pages were made from it."))
    return redirect("articles:new")


@for_authors_of_courses
@require_GET
def download_article(request, pk):
    """Send the original file as a download that the browser does not display."""
    article = get_object_or_404(ImportedArticle, pk=pk)
    return HttpResponse(
        bytes(article.content),
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": content_disposition_header(
                as_attachment=True, filename=article.filename
            )
        },
    )
