"""Who may enter the training room, and who oversees all teams.

Permissions exist only after all migrations ran, and roles may be made by other rooms
first or later, so both are made here where they are missing.
"""

from django.db import migrations

NAMES = {
    "train": "Can use the training area",
    "oversee": "Can see and run all teams",
}
PERMITTED = {"Trainer": ["train"], "Administrator": ["train", "oversee"]}


def permit_roles(apps, schema_editor):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="teams", model="team"
    )
    Permission = apps.get_model("auth", "Permission")
    for role, codenames in PERMITTED.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=role)
        for codename in codenames:
            permission, _ = Permission.objects.get_or_create(
                content_type=content_type,
                codename=codename,
                defaults={"name": NAMES[codename]},
            )
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(permit_roles, migrations.RunPython.noop)]
