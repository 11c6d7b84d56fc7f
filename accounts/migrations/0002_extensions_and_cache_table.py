"""What the database itself must offer: sorting without accents, and the table behind the cache."""

from django.contrib.postgres.operations import UnaccentExtension
from django.core.management import call_command
from django.db import migrations


def make_cache_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def drop_cache_table(apps, schema_editor):
    schema_editor.execute("DROP TABLE IF EXISTS portal_cache")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        UnaccentExtension(),
        migrations.RunPython(make_cache_table, drop_cache_table),
    ]
