import accounts.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ClinicalReviewTask',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
                ('groups', models.ManyToManyField(help_text='Pages/snippets at this step in a workflow will be moderated or approved by these groups of users', to='auth.group', verbose_name='groups')),
            ],
            options={
                'verbose_name': 'clinical review task',
                'verbose_name_plural': 'clinical review tasks',
            },
            bases=('wagtailcore.task',),
        ),
        migrations.CreateModel(
            name='KeyConfirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lesson_key', models.UUIDField(verbose_name='key of the lesson')),
                ('locale', models.CharField(max_length=20, verbose_name='language')),
                ('question_key', models.UUIDField(verbose_name='key of the question')),
                ('wording', models.CharField(max_length=64, verbose_name='digest of the FAQ entry')),
                ('at', models.DateTimeField(verbose_name='at')),
            ],
            options={
                'verbose_name': 'confirmation of a key',
                'verbose_name_plural': 'confirmations of keys',
                'constraints': [models.UniqueConstraint(fields=('lesson_key', 'locale', 'question_key', 'wording'), name='key_confirmation_unique')],
            },
        ),
        migrations.CreateModel(
            name='LiveContent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page_key', models.UUIDField(verbose_name='key of the page')),
                ('locale', models.CharField(max_length=20, verbose_name='language')),
                ('sha256', models.CharField(max_length=64, verbose_name='digest of the content')),
                ('since', models.DateTimeField(verbose_name='since')),
            ],
            options={
                'verbose_name': 'live content',
                'verbose_name_plural': 'live contents',
                'constraints': [models.UniqueConstraint(fields=('page_key', 'locale'), name='live_content_unique_in_language')],
            },
        ),
        migrations.CreateModel(
            name='ClinicalReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page_key', models.UUIDField(verbose_name='key of the page')),
                ('locale', models.CharField(max_length=20, verbose_name='language')),
                ('revision', models.PositiveBigIntegerField(verbose_name='number of the revision')),
                ('sha256', models.CharField(max_length=64, verbose_name='digest of the content')),
                ('faq_digests', models.JSONField(default=dict, help_text='Key of each entry, and the digest of how it read.', verbose_name='digests of the FAQ entries')),
                ('name', accounts.fields.NameField(max_length=120, verbose_name='name')),
                ('role', models.CharField(max_length=120, verbose_name='role')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('reviewer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='clinical_reviews', to=settings.AUTH_USER_MODEL, verbose_name='reviewer')),
            ],
            options={
                'verbose_name': 'clinical review',
                'verbose_name_plural': 'clinical reviews',
                'indexes': [models.Index(fields=['page_key', 'locale', 'at'], name='review_of_page_by_time')],
            },
        ),
    ]
