"""manage.py extract_quotes: JSON lines in, JSON lines out."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand

from articles.extraction.json_lines import InvalidLine, extract_line


class Command(BaseCommand):
    help = (
        'Read {"id", "text", "known_people"?, "known_organizations"?} per line of standard input;'
        " write who said what, one line an article."
    )
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        failed = False
        for number, line in enumerate(sys.stdin.buffer, 1):
            if not line.strip():
                continue
            try:
                answer = extract_line(line)
            except InvalidLine as error:
                self.stderr.write(f"line {number}: {error}")
                failed = True
                continue
            self.stdout.write(json.dumps(answer))
        if failed:
            sys.exit(1)
