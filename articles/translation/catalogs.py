"""Catalogs of all marked sentences, extracted, kept and compiled in Python: no gettext need be installed.

Source: https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

ROOT = Path(__file__).parent.parent.parent
PYTHON, TEMPLATES = ("articles", "newsroom"), "templates"
# Beside those that gettext knows: which arguments are the words, and which one ("c") is the context.
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "Message")),
    **dict.fromkeys(("ngettext", "ngettext_lazy", "PluralMessage"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
CALL = re.compile(rf"\b(?:{'|'.join(KEYWORDS)})\(")
COMMENT = "Translators:"
# The same for ever: with the day of each change in it, two branches would never merge.
HEADER = "# The sentences of Newsroom. `manage.py makemessages` takes them from the code and compiles them."
CREATED = datetime(2026, 1, 1, tzinfo=UTC)


def extract_messages() -> Catalog:
    """Return the catalog of all marked sentences of code and templates, in the order of the files."""
    catalog = Catalog(charset="utf-8")
    for file, source in _sources():
        if not CALL.search(source):
            continue  # most files: to read their tokens takes seconds
        messages = extract("python", BytesIO(source.encode()), KEYWORDS, (COMMENT,))
        for line, words, comments, context in messages:
            catalog.add(words, None, [(file, line)], auto_comments=comments, context=context)
    return catalog


def _sources() -> Iterator[tuple[str, str]]:
    """Yield name and text of all that may hold marked sentences, templates turned into calls of gettext."""
    for package in PYTHON:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")
    for path in sorted((ROOT / TEMPLATES).rglob("*.html")):
        calls = templatize(path.read_text("utf-8"))
        yield (
            path.relative_to(ROOT).as_posix(),
            "\n".join(line.strip() for line in calls.splitlines()),
        )


def read_catalog(file: Path) -> Catalog:
    """Read the catalog ``file`` (.po, UTF-8)."""
    with file.open("rb") as stream:
        return read_po(stream)


def update_catalog(file: Path, language: str, messages: Catalog) -> Catalog:
    """Return the catalog of ``language`` in ``file``, new where there is none, brought up to ``messages``.

    A translation is never guessed from one alike; that of a sentence which is gone is dropped.
    """
    catalog = read_catalog(file) if file.exists() else Catalog(locale=to_locale(language))
    catalog.project, catalog.version, catalog.fuzzy = "Newsroom", "", False
    catalog.header_comment, catalog.msgid_bugs_address = HEADER, ""
    catalog.update(messages, no_fuzzy_matching=True)
    catalog.creation_date = catalog.revision_date = CREATED
    catalog.obsolete.clear()
    return catalog


def is_translated(message: Message) -> bool:
    """Tell whether ``message`` has a translation."""
    return any(message.string or ())


def write_catalog(file: Path, catalog: Catalog) -> None:
    """Write ``catalog`` to ``file`` (.po), and compiled beside it (.mo)."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as stream:
        write_po(stream, catalog, sort_by_file=True, include_lineno=False)
    file.with_suffix(".mo").write_bytes(compile_catalog(catalog))


def compile_catalog(catalog: Catalog) -> bytes:
    """Return ``catalog`` as programs read it; what is not translated, or marked fuzzy, is left out."""
    copy = deepcopy(catalog)
    for message in copy:
        if not is_translated(message):
            message.string = ""  # of a plural too, which would be written in English
    compiled = BytesIO()
    write_mo(compiled, copy)
    return compiled.getvalue()
