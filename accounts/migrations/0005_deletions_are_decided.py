from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_activity")]

    operations = [
        migrations.RemoveConstraint("deletionrequest", "deletion_request_one_waits"),
        migrations.RemoveConstraint(
            "deletionrequest", "deletion_request_settled_after_asking"
        ),
        migrations.RenameField("deletionrequest", "settled_at", "decided_at"),
        migrations.RenameField("deletionrequest", "settled_by", "decided_by"),
        migrations.AlterField(
            "deletionrequest",
            "decided_at",
            models.DateTimeField(blank=True, null=True, verbose_name="decided"),
        ),
        migrations.AddConstraint(
            "deletionrequest",
            models.UniqueConstraint(
                condition=models.Q(decided_at=None),
                fields=("user",),
                name="deletion_request_one_waits",
            ),
        ),
        migrations.AddConstraint(
            "deletionrequest",
            models.CheckConstraint(
                condition=models.Q(decided_at=None)
                | models.Q(decided_at__gte=models.F("asked_at")),
                name="deletion_request_decided_after_asking",
            ),
        ),
    ]
