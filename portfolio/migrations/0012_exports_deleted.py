from django.db import migrations, models

BEFORE = "Something was taken out of this portfolio for good, so this copy was deleted. Make a new one."
NOW = "Deleted, because something was taken out for good"


def say_which_are_deleted(apps, schema_editor):
    exports = apps.get_model("portfolio", "PortfolioExport").objects
    exports.filter(status="failed", failure=BEFORE).update(status="deleted", failure=NOW)


def say_that_they_failed(apps, schema_editor):
    exports = apps.get_model("portfolio", "PortfolioExport").objects
    exports.filter(status="deleted").update(status="failed", failure=BEFORE)


class Migration(migrations.Migration):
    dependencies = [("portfolio", "0011_who_took_a_version_back")]

    operations = [
        migrations.AlterField(
            model_name="portfolioexport",
            name="status",
            field=models.CharField(
                choices=[
                    ("queued", "Waiting to begin"),
                    ("running", "Being made"),
                    ("done", "Ready"),
                    ("failed", "Could not be made"),
                    ("deleted", "Deleted"),
                ],
                default="queued",
                max_length=10,
            ),
        ),
        migrations.RunPython(say_which_are_deleted, say_that_they_failed),
    ]
