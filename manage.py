#!/usr/bin/env python
"""Run Newsroom's commands: ``uv run manage.py help``."""

import os
import sys

from newsroom.first_start import prepare_demo


def main() -> None:
    """Prepare a first ``demo``, then hand over to Django."""
    prepare_demo(sys.argv[1:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
