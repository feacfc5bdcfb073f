from django.db import migrations

TITLE = "Learn about a treatment before you decide"
INTRO = (
    "<p>A treatment you have seen advertised may sound simple. A short course here "
    "shows what is known about it, what is not, and what else you could do. Each "
    "lesson says how long it takes and ends with a few questions.</p>"
    "<p>You need no account. You can stop at any time and go on later in the same "
    "browser.</p>"
)


def put_home_page_at_the_root(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    HomePage = apps.get_model("home", "HomePage")

    root = Page.objects.get(depth=1)
    # Wagtail's own migrations leave one welcome page here, and a site that shows it.
    welcome = Page.objects.filter(path__startswith=root.path, depth=2, slug="home")
    Site.objects.filter(root_page__in=welcome).delete()
    welcome.delete()

    content_type, _ = ContentType.objects.get_or_create(
        app_label="home", model="homepage"
    )
    home = HomePage.objects.create(
        title=TITLE,
        draft_title=TITLE,
        intro=INTRO,
        slug="home",
        url_path="/home/",
        path=f"{root.path}0001",
        depth=2,
        content_type=content_type,
        locale_id=root.locale_id,
    )
    root.numchild = Page.objects.filter(depth=2).count()
    root.save(update_fields=["numchild"])
    Site.objects.create(
        hostname="localhost", port=80, root_page=home, is_default_site=True
    )


class Migration(migrations.Migration):
    dependencies = [("home", "0001_initial")]

    operations = [
        migrations.RunPython(put_home_page_at_the_root, migrations.RunPython.noop)
    ]
