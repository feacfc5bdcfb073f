from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_deletion_requests")]

    operations = [
        migrations.RemoveConstraint("learner", "learner_deed_after_creation"),
        migrations.RenameField("learner", "last_deed_at", "last_active_at"),
        migrations.AddConstraint(
            "learner",
            models.CheckConstraint(
                condition=models.Q(last_active_at__gte=models.F("created_at")),
                name="learner_active_after_creation",
            ),
        ),
    ]
