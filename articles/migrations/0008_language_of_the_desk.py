"""An account says which language the desk speaks to it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_usage_terms")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="language",
            field=models.CharField(
                blank=True,
                help_text="Readers get every page in the paper's language, whatever this is.",
                max_length=20,
                verbose_name="language of the desk",
            ),
        ),
    ]
