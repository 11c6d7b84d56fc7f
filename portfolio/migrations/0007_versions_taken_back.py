from django.db import migrations, models
from django.utils import timezone


def mark_those_taken_back(apps, schema_editor):
    """A piece that its writer alone can read has no version open to anybody."""
    versions = apps.get_model("portfolio", "EvidenceVersion").objects.exclude(audience="only_me")
    versions.filter(evidence__audience="only_me").update(taken_back_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [
        ("portfolio", "0006_the_years_writing"),
    ]

    operations = [
        migrations.AddField(
            model_name="evidenceversion",
            name="taken_back_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(mark_those_taken_back, migrations.RunPython.noop),
    ]
