import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportedArticle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('filename', models.CharField(max_length=255, verbose_name='file')),
                ('sha256', models.CharField(db_index=True, max_length=64, verbose_name='digest of the file')),
                ('content', models.BinaryField(verbose_name='content')),
                ('plan', models.JSONField(verbose_name='plan')),
                ('created_at', models.DateTimeField(verbose_name='imported at')),
                ('applied_at', models.DateTimeField(blank=True, null=True, verbose_name='pages made at')),
                ('course_key', models.UUIDField(blank=True, null=True, verbose_name='key of the course')),
                ('revisions', models.JSONField(blank=True, default=dict, verbose_name='revisions written')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='imported by')),
            ],
            options={
                'verbose_name': 'imported article',
                'verbose_name_plural': 'imported articles',
                'constraints': [models.CheckConstraint(condition=models.Q(('applied_at', None), ('course_key__isnull', False), _connector='OR'), name='imported_article_applied_to_a_course')],
            },
        ),
    ]
