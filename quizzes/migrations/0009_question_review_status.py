from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0008_changed_answers_and_who_saw_them")]

    operations = [
        migrations.RenameField("question", "standing", "review_status"),
        migrations.AlterField(
            model_name='question',
            name='review_status',
            field=models.CharField(blank=True, choices=[('', 'Checked: it is asked'), ('to_check', 'Draft, to be checked'), ('check_wording', 'Check the wording: reading a file may have changed it'), ('left_out', 'Leave out: it is not asked')], default='', help_text='A question made from an article is a draft: look at its right answer, its wrong ones and the feedback before you call it checked.', max_length=20, verbose_name='review status'),
        ),
    ]
