import datetime as dt

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery

SOON = dt.timedelta(minutes=1)


def name_who_sent_it_back(apps, schema_editor):
    """Pieces that stand sent back say by whom; of those taken back earlier nothing is known."""
    versions = apps.get_model("portfolio", "EvidenceVersion").objects
    sent_back = versions.filter(
        taken_back_at__gt=F("evidence__sent_back_at") - SOON, taken_back_at__lt=F("evidence__sent_back_at") + SOON
    )
    pieces = apps.get_model("portfolio", "Evidence").objects.filter(pk=OuterRef("evidence"))
    versions.filter(pk__in=sent_back.values("pk")).update(taken_back_by=Subquery(pieces.values("sent_back_by")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("portfolio", "0010_exports_for_oneself"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="evidenceversion",
            name="taken_back_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(name_who_sent_it_back, migrations.RunPython.noop),
    ]
