"""manage.py demo: a sample newsroom to play with."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles.demo.build import build, remove
from articles.demo.report import write_welcome
from articles.demo.serve import is_free, serve


class Command(BaseCommand):
    help = "Build a sample newsroom on this computer and serve it. Run again, it changes nothing."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help=_("only build it"))
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--remove", action="store_true", help=_("delete it and its files"))

    def handle(self, *args: Any, **options: Any) -> None:
        port = options["port"]
        if options["remove"]:
            try:
                remove(self.stdout.write)
            except ValueError as error:
                raise CommandError(str(error)) from error
            return
        if not options["no_serve"] and not is_free(port):
            raise CommandError(
                f"Port {port} is in use. Try: uv run manage.py demo --port {port + 1}"
            )
        passwords = build(self.stdout.write)
        write_welcome(passwords, None if options["no_serve"] else port, self.stdout.write)
        if not options["no_serve"]:
            serve(port)
