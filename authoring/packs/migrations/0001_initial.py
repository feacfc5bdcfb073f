from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='LoadedPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pack', models.CharField(max_length=80, verbose_name='pack')),
                ('slug', models.CharField(max_length=80, verbose_name='address in the pack')),
                ('key', models.UUIDField(verbose_name='key')),
                ('language_code', models.CharField(max_length=20, verbose_name='language')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('digest', models.CharField(max_length=64, verbose_name='digest of the content')),
                ('loaded_at', models.DateTimeField(verbose_name='loaded at')),
            ],
            options={
                'verbose_name': 'loaded page',
                'verbose_name_plural': 'loaded pages',
                'constraints': [models.UniqueConstraint(fields=('key', 'language_code'), name='loaded_page_unique_in_language')],
            },
        ),
    ]
