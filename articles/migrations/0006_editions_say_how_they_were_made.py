"""An edition says whether its start was set for later, and what the clock showed when it was made."""

from django.db import migrations, models
from django.utils import timezone


def know_what_is_scheduled(apps, schema_editor):
    """Mark the old rows that are scheduled beyond doubt; any other one counts as begun, and is never deleted.

    A start that somebody set is a whole second; one that was the time of a publication hardly ever is. What an import
    or nobody published was never scheduled.
    """
    now = timezone.now()
    rows = apps.get_model("articles", "Edition").objects.using(schema_editor.connection.alias)
    coming = rows.filter(starts_at__gt=now, by__isnull=False).exclude(kind="withdrawal")
    set_by_hand = [
        pk for pk, starts_at in coming.values_list("pk", "starts_at") if not starts_at.microsecond
    ]
    rows.filter(pk__in=set_by_hand).update(has_set_start=True, created_at=now)


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_statements_of_old_editions")]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="has_set_start",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="edition",
            name="created_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(know_what_is_scheduled, migrations.RunPython.noop),
    ]
