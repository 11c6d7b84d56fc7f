from django.db import migrations, models
from django.db.models import F, Q
from django.utils import timezone

TEXTS = {"PlanVersion": "plan", "ReflectionVersion": "reflection", "SelfAssessmentVersion": "assessment"}


def mark_those_taken_back(apps, schema_editor):
    """A version whose reader is not the one that its text is open to now is no reader's."""
    for model, text in TEXTS.items():
        opened = apps.get_model("portfolio", model).objects.filter(shared_with__isnull=False)
        still = Q(**{f"{text}__audience": "mentor", f"{text}__shared_with": F("shared_with")})
        kept = opened.filter(still).values("pk")
        opened.exclude(pk__in=kept).update(taken_back_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [
        ("portfolio", "0008_statements_of_a_mapping"),
    ]

    operations = [
        *(
            migrations.AddField(model_name=model, name="taken_back_at", field=models.DateTimeField(null=True))
            for model in ("planversion", "reflectionversion", "selfassessmentversion")
        ),
        migrations.RunPython(mark_those_taken_back, migrations.RunPython.noop),
    ]
