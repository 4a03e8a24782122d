"""manage.py make_pseudo_locale: English with accents and a third longer, to see what is not marked or does not fit."""

from typing import Any

from django.core.management.base import BaseCommand

from articles.translation.catalogs import write_catalog
from articles.translation.languages import catalog_of
from articles.translation.pseudo import LANGUAGE, pseudo_catalog


class Command(BaseCommand):
    help = f"Make the language {LANGUAGE} of all marked sentences; LANGUAGE_CODE={LANGUAGE} shows the paper in it."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        file = catalog_of(LANGUAGE)
        write_catalog(file, pseudo_catalog())
        self.stdout.write(str(file))
