"""The roles, with exactly the permissions they need, and the workflow lessons take.

Permissions are made by Django only after all migrations ran, so they are made here
where they are missing. The home page is looked up through the site that shows it.
"""

from django.db import migrations

EDITING = ["add_page", "change_page"]
RUNNING = ["publish_page", "bulk_delete_page", "lock_page", "unlock_page"]
IMAGES = ["add_image", "change_image", "choose_image"]
DOCUMENTS = ["add_document", "change_document", "choose_document"]

ALL = ("add", "change", "delete")


def every(app_label, *models):
    return [(app_label, m, [f"{verb}_{m}" for verb in ALL]) for m in models]


ON_PAGES = {
    "Author": EDITING,
    # Reading drafts and commenting on them happens in the editor.
    "Reviewer": ["change_page"],
    "Trainer": [],
    "Administrator": [*EDITING, *RUNNING],
}
ON_COLLECTIONS = {
    "Author": [("wagtailimages", "image", IMAGES)],
    "Administrator": [
        ("wagtailimages", "image", [*IMAGES, "delete_image"]),
        ("wagtaildocs", "document", [*DOCUMENTS, "delete_document"]),
        *every("wagtailcore", "collection"),
    ],
}
# Wagtail admin's own migration has made this one, with a name of its own.
ACCESS = ("wagtailadmin", "admin", ["access_admin"])
# That of wagtail-localize has made this one.
TRANSLATING = ("wagtail_localize", "translation", ["submit_translation"])
ON_MODELS = {
    "Author": [ACCESS, TRANSLATING],
    "Reviewer": [ACCESS],
    "Trainer": [ACCESS],
    "Administrator": [
        ACCESS,
        TRANSLATING,
        *every("accounts", "user"),
        *every("auth", "group"),
        *every("wagtailcore", "site", "workflow", "task"),
        ("course", "dangersigns", ["change_dangersigns"]),
        ("home", "waitingroomtablet", ["change_waitingroomtablet"]),
    ],
}
WORKFLOW = "Clinical review"


def make_roles(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for role, models in ON_MODELS.items():
        group, _ = Group.objects.get_or_create(name=role)
        for app_label, model, codenames in models:
            for codename in codenames:
                group.permissions.add(_permission(apps, app_label, model, codename))
        _permit_on_pages(apps, group, ON_PAGES[role])
        _permit_on_collections(apps, group, ON_COLLECTIONS.get(role, []))


def remove_roles_of_wagtail(apps, schema_editor):
    """Leave one set of roles: these two permit what nobody here was meant to do.

    Wagtail's first migrations make them, with a workflow that one of them decides.
    """
    Workflow = apps.get_model("wagtailcore", "Workflow")
    apps.get_model("auth", "Group").objects.filter(
        name__in=("Moderators", "Editors")
    ).delete()
    Workflow.objects.filter(name="Moderators approval").delete()
    apps.get_model("wagtailcore", "Task").objects.filter(
        name="Moderators approval"
    ).delete()


def make_workflow(apps, schema_editor):
    """Make “Clinical review” and let everything below the home page take it."""
    Workflow = apps.get_model("wagtailcore", "Workflow")
    WorkflowPage = apps.get_model("wagtailcore", "WorkflowPage")
    home = _home_page(apps)
    if Workflow.objects.filter(name=WORKFLOW).exists() or not home:
        return
    workflow = Workflow.objects.create(name=WORKFLOW, active=True)
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(
        workflow=workflow, task=_task(apps), sort_order=0
    )
    WorkflowPage.objects.get_or_create(page=home, defaults={"workflow": workflow})


def _task(apps):
    ContentType = apps.get_model("contenttypes", "ContentType")
    content_type, _ = ContentType.objects.get_or_create(
        app_label="review", model="clinicalreviewtask"
    )
    task = apps.get_model("review", "ClinicalReviewTask").objects.create(
        name=WORKFLOW, active=True, content_type=content_type
    )
    task.groups.set(
        apps.get_model("auth", "Group").objects.filter(name="Reviewer")
    )
    return apps.get_model("wagtailcore", "Task").objects.get(pk=task.pk)


def _home_page(apps):
    site = apps.get_model("wagtailcore", "Site").objects.filter(is_default_site=True)
    return apps.get_model("wagtailcore", "Page").objects.filter(
        sites_rooted_here__in=site
    ).first()


def _permission(apps, app_label, model, codename):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    content_type, _ = ContentType.objects.get_or_create(
        app_label=app_label, model=model
    )
    verb = codename.removesuffix(f"_{model}").replace("_", " ")
    name = f"Can {verb} {model}"
    permission, _ = Permission.objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name}
    )
    return permission


def _permit_on_pages(apps, group, codenames):
    home = _home_page(apps)
    for codename in codenames if home else []:
        apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
            group=group,
            page=home,
            permission=_permission(apps, "wagtailcore", "page", codename),
        )


def _permit_on_collections(apps, group, models):
    Collection = apps.get_model("wagtailcore", "Collection")
    Granted = apps.get_model("wagtailcore", "GroupCollectionPermission")
    for app_label, model, codenames in models:
        for codename in codenames:
            Granted.objects.get_or_create(
                group=group,
                collection=Collection.objects.get(depth=1),
                permission=_permission(apps, app_label, model, codename),
            )


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("accounts", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        # The page that the permissions and the workflow hang on.
        ("home", "0002_put_home_page_at_the_root"),
        ("wagtailadmin", "0005_editingsession_is_editing"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]

    operations = [
        migrations.RunPython(remove_roles_of_wagtail, migrations.RunPython.noop),
        migrations.RunPython(make_roles, migrations.RunPython.noop),
        migrations.RunPython(make_workflow, migrations.RunPython.noop),
    ]
