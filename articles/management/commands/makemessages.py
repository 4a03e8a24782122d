"""manage.py makemessages: the catalogs for translators. In Python, where Django's own needs gettext."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import language_code_re

from articles.translation.catalogs import (
    extract_messages,
    is_translated,
    update_catalog,
    write_catalog,
)
from articles.translation.languages import SOURCE, catalog_of


class Command(BaseCommand):
    help = "Bring articles/locale/*/LC_MESSAGES/django.po up to date with the marked sentences, and compile them."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "-l", "--locale", action="append", default=[], help=_("a language such as de, pt-br")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        messages = extract_messages()
        for language in dict.fromkeys([SOURCE, *options["locale"]]):
            if not language_code_re.fullmatch(language):
                raise CommandError(
                    _("%(code)s is no language: write de, or pt-br.") % {"code": language}
                )
            file = catalog_of(language)
            catalog = update_catalog(file, language, messages)
            write_catalog(file, catalog)
            translated = sum(is_translated(message) for message in catalog if message.id)
            self.stdout.write(f"{file.relative_to(file.parents[4])}: {translated}/{len(catalog)}")
