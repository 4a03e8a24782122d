"""The few editions of a kind, as withdrawals are, found without reading all."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0021_article_search"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(fields=["kind", "-starts_at"], name="edition_by_kind"),
        ),
    ]
