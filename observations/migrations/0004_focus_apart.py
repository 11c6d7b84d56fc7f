from django.db import migrations


def focus_apart(apps, schema_editor):
    """Until something is written of an observation, its areas are those to look at."""
    for row in apps.get_model("observations", "Observation").objects.filter(version=0):
        row.focus.set(row.areas.all())
        row.areas.clear()


def focus_among_areas(apps, schema_editor):
    for row in apps.get_model("observations", "Observation").objects.filter(version=0):
        row.areas.set(row.focus.all())


class Migration(migrations.Migration):
    dependencies = [
        ("observations", "0003_focus"),
    ]

    operations = [
        migrations.RunPython(focus_apart, focus_among_areas),
    ]
