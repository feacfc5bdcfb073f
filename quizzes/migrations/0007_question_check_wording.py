"""A question whose wording a file changed in reading waits for a look at it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("quizzes", "0006_answers_carry_who_gave_them"),
    ]

    operations = [
        migrations.AlterField(
            model_name="question",
            name="standing",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Checked: it is asked"),
                    ("to_check", "Draft, to be checked"),
                    ("check_wording", "Check the wording: reading a file may have changed it"),
                    ("left_out", "Leave out: it is not asked"),
                ],
                default="",
                help_text="A question made from an article is a draft: look at its right answer, its wrong ones and the feedback before you call it checked.",
                max_length=20,
                verbose_name="standing",
            ),
        ),
    ]
