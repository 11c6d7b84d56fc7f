from django.db import migrations, models

VERBS = ["took something out for good", "took a file out for good"]


def show(apps, schema_editor):
    apps.get_model("accounts", "AuditEvent").objects.filter(verb__in=VERBS).update(category="taken_out")


def hide(apps, schema_editor):
    apps.get_model("accounts", "AuditEvent").objects.filter(category="taken_out").update(category="portfolio")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_reading_and_said_fine")]

    operations = [
        migrations.AlterField(
            model_name="auditevent",
            name="category",
            field=models.CharField(
                choices=[
                    ("people", "People and roles"),
                    ("cohorts", "Cohorts"),
                    ("sign_in", "Sign-in and second factor"),
                    ("exports", "Exports"),
                    ("organisation", "Organisation"),
                    ("portfolio", "Portfolio"),
                    ("taken_out", "Portfolio: taken out for good"),
                ],
                max_length=20,
            ),
        ),
        migrations.RunPython(show, hide),
    ]
