"""Who sees background work and runs it again: administrators.

Permissions exist only after all migrations ran, and roles may be made by other rooms
first or later, so both are made here where they are missing.
"""

from django.db import migrations


def permit_administrators(apps, schema_editor):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="jobs", model="recurringrun"
    )
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type,
        codename="watch_work",
        defaults={"name": "Can see background work and run it again"},
    )
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name="Administrator")
    group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(permit_administrators, migrations.RunPython.noop)]
