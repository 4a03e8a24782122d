"""manage.py compilemessages: the catalogs as programs read them. In Python, where Django's own needs gettext."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.translation.catalogs import compile_catalog, read_catalog
from articles.translation.languages import LOCALE


class Command(BaseCommand):
    help = (
        "Check and compile articles/locale/*/LC_MESSAGES/django.po, which translators have written."
    )
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        for file in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
            catalog = read_catalog(file)
            errors = [f"{file}: {message.id}: {errors[0]}" for message, errors in catalog.check()]
            if errors:
                raise CommandError("\n".join(errors))
            file.with_suffix(".mo").write_bytes(compile_catalog(catalog))
            self.stdout.write(str(file.with_suffix(".mo")))
