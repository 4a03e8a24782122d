"""How many stories are listed of each day, month and year; what was published before is counted here."""

from collections import Counter
from datetime import UTC, datetime

from django.db import migrations, models
from django.utils import timezone

SETTLED = datetime(1000, 1, 1, tzinfo=UTC)
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)


def count_periods(apps, schema_editor):
    alias = schema_editor.connection.alias
    editions = apps.get_model("articles", "Edition").objects.using(alias)
    now, zone, counts = timezone.now(), timezone.get_default_timezone(), Counter()
    rows = editions.filter(ends_at__gt=now).exclude(kind="withdrawal")
    columns = ("published_at", "date_precision", "starts_at", "ends_at")
    for published_at, known, starts_at, ends_at in rows.values_list(*columns).iterator():
        day = published_at.astimezone(zone).date()
        periods = [
            ("day", day),
            ("month", day.replace(day=1)),
            ("year", day.replace(month=1, day=1)),
        ]
        for period in periods[{"month": 1, "year": 2}.get(known, 0) :]:
            counts[(*period, SETTLED if starts_at <= now else starts_at)] += 1
            if ends_at != FOREVER:
                counts[(*period, ends_at)] -= 1
    model = apps.get_model("articles", "PeriodCount")
    model.objects.using(alias).bulk_create(
        [
            model(precision=precision, first_day=first_day, since=since, count=count)
            for (precision, first_day, since), count in counts.items()
            if count
        ],
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0018_name_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="PeriodCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("precision", models.CharField(max_length=5)),
                ("first_day", models.DateField()),
                ("since", models.DateTimeField(db_index=True)),
                ("count", models.IntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("precision", "first_day", "since"), name="period_count_once"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(
                fields=["date_precision", "-published_at", "-id"], name="edition_newest_known"
            ),
        ),
        migrations.RunPython(count_periods, migrations.RunPython.noop),
    ]
