"""Which tables are declared as shown to no visitor; any other one renews pages."""

import pytest
from django.apps import apps

from page_cache.watching import tables_shown_to_no_visitor

# What pages for visitors show, or might. A new model is here or in its room's
# `shown_to_no_visitor`: that is to be decided, and until then it renews.
RENEWS = [
    "home.FormerAddress",
    "home.HomePage",
    "home.InformationPage",
    "course.CoursePage",
    "course.DangerSigns",
    "course.TranslatedDangerSigns",
    "course.LessonPage",
    "course.Source",
    "course.GlossaryTerm",
    "course.FaqEntry",
    "course.QuestionToAsk",
    "course.TreatmentOption",
    "course.ValueStatement",
    "quizzes.Question",
    "quizzes.Publication",
    "quizzes.SafetyUpdate",
    "review.ClinicalReview",
    "review.ClinicalReviewTask",
    "review.ClinicalReviewTask_groups",
    "review.KeyConfirmation",
    "review.LiveContent",
    "articles.ImportedArticle",
    "packs.LoadedPage",
    "assignments.Assignment_people",
    "assignments.Assignment_teams",
    "accounts.User_groups",
    "accounts.User_user_permissions",
    "auth.Group",
    "auth.Group_permissions",
    "auth.Permission",
    "contenttypes.ContentType",
    "socialaccount.SocialApp",
    "taggit.Tag",
    "taggit.TaggedItem",
    "wagtailadmin.Admin",
    "wagtailembeds.Embed",
    "wagtaildocs.Document",
    "wagtailimages.Image",
    "wagtailimages.Rendition",
    "wagtailcore.Collection",
    "wagtailcore.CollectionViewRestriction",
    "wagtailcore.CollectionViewRestriction_groups",
    "wagtailcore.GroupApprovalTask",
    "wagtailcore.GroupApprovalTask_groups",
    "wagtailcore.GroupCollectionPermission",
    "wagtailcore.GroupPagePermission",
    "wagtailcore.GroupSitePermission",
    "wagtailcore.Locale",
    "wagtailcore.Page",
    "wagtailcore.PageViewRestriction",
    "wagtailcore.PageViewRestriction_groups",
    "wagtailcore.Site",
    "wagtailcore.Task",
    "wagtailcore.Workflow",
    "wagtailcore.WorkflowContentType",
    "wagtailcore.WorkflowPage",
    "wagtailcore.WorkflowTask",
    "wagtailsearch.SQLiteFTSIndexEntry",
]


# The index for searching has another table on each database; Wagtail 8 has API tokens.
NOT_EVERYWHERE = {"wagtailsearch.SQLiteFTSIndexEntry", "wagtailcore.APIToken"}


def models():
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy
    ]


def test_each_model_is_declared_or_known_to_renew_pages():
    undeclared = {
        model._meta.label
        for model in models()
        if model._meta.db_table not in tables_shown_to_no_visitor()
    }
    assert undeclared - NOT_EVERYWHERE == set(RENEWS) - NOT_EVERYWHERE


def test_rooms_declare_models_of_their_own_only():
    for app in apps.get_app_configs():
        declared = getattr(app, "shown_to_no_visitor", ())
        if app.name != "page_cache":
            assert {name.split(".")[0] for name in declared} <= {app.label}


def test_a_name_that_no_model_has_stops_the_site(monkeypatch):
    config = apps.get_app_config("quizzes")
    monkeypatch.setattr(config, "shown_to_no_visitor", {"quizzes.Anser"})
    with pytest.raises(LookupError):
        tables_shown_to_no_visitor.__wrapped__()
