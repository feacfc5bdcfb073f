"""Who may enter the training room, and who oversees all teams.

The roles themselves are made by the room review; permissions exist only after all
migrations ran, so they are made here where they are missing.
"""

from django.db import migrations

NAMES = {
    "train": "Can work in the training room",
    "oversee": "Can see and run all teams",
}
PERMITTED = {"Trainer": ["train"], "Administrator": ["train", "oversee"]}


def permit_roles(apps, schema_editor):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="training", model="team"
    )
    Permission = apps.get_model("auth", "Permission")
    for role, codenames in PERMITTED.items():
        group = apps.get_model("auth", "Group").objects.get(name=role)
        for codename in codenames:
            permission, _ = Permission.objects.get_or_create(
                content_type=content_type,
                codename=codename,
                defaults={"name": NAMES[codename]},
            )
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("training", "0001_initial"),
        ("review", "0002_roles_and_workflow"),
    ]

    operations = [migrations.RunPython(permit_roles, migrations.RunPython.noop)]
