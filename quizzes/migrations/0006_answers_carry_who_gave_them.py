"""An answer says whether it was given signed in, which its attempt said so far."""

from django.db import migrations, models


def take_from_attempts(apps, schema_editor):
    answers = apps.get_model("quizzes", "Answer").objects
    answers.filter(attempt__origin="account").update(origin="account")


def give_to_attempts(apps, schema_editor):
    attempts = apps.get_model("quizzes", "Attempt").objects
    attempts.filter(answers__origin="account").update(origin="account")


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0005_safety_updates")]

    operations = [
        migrations.AddField(
            model_name="answer",
            name="origin",
            field=models.CharField(
                choices=[
                    ("anonymous", "without an account"),
                    ("account", "signed in"),
                ],
                default="anonymous",
                max_length=20,
            ),
            preserve_default=False,
        ),
        # So that the way back has a value for rows that are there.
        migrations.AlterField(
            model_name="attempt",
            name="origin",
            field=models.CharField(
                choices=[
                    ("anonymous", "without an account"),
                    ("account", "signed in"),
                ],
                default="anonymous",
                max_length=20,
            ),
        ),
        migrations.RunPython(take_from_attempts, give_to_attempts),
        migrations.RemoveField(model_name="attempt", name="origin"),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(("origin__in", ["anonymous", "account"])),
                name="answer_origin_known",
            ),
        ),
    ]
