"""The tables of the source audit, for the page and for files: one shape for all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format

from articles.record.source_audit import Audit, Month, Part

MOST_SOURCES = 20


@dataclass(frozen=True, slots=True)
class Cell:
    """``text`` for the page, ``value`` for a file, ``address`` of a page about it or empty."""

    text: str
    value: str | int | float
    address: str = ""


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """``columns`` are its headings; the first cell of a row names the row. ``note`` says how it is counted."""

    key: str
    title: str
    note: str
    columns: tuple[str, ...]
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Ways:
    """Addresses that names in the tables lead to: ``base`` with the filters ``asked`` is the page itself."""

    base: str
    asked: dict[str, str]

    def narrowed(self, **more: str) -> str:
        """Return the address of the page with ``more`` asked for."""
        return f"{self.base}?{urlencode(self.asked | more)}"

    def form_of(self, kind: str, pk: int) -> str:
        """Return the address of the form of a person or an organization."""
        return f"{reverse(f'admin:articles_{kind}_changelist')}{pk}/change/"


def totals(audit: Audit, most: int, ways: Ways) -> Table:
    found = audit.totals
    rows = [
        ("Quotes", count(found.quotes)),
        ("Statements", count(found.statements)),
        ("Stories", count(found.stories)),
        ("Voices", count(found.voices)),
        ("First-time voices", count(found.first_time)),
        ("From unnamed sources", share(found.unnamed_share)),
        ("Own reporting", share(found.own_share)),
        ("The ten most quoted voices", share(audit.top_share)),
    ]
    note = "The same words by the same speaker are one statement."
    shown = [(Cell(label, label), cell) for label, cell in rows]
    return Table("totals", "All together", note, ("Figure", "Number or %"), shown)


def voices(audit: Audit, most: int, ways: Ways) -> Table:
    rows = [
        (
            Cell(one.name, one.name, ways.form_of(one.kind, one.pk)),
            count(one.quotes),
            share(one.share),
            count(one.stories),
            Cell(date_format(one.first_on, "j M Y"), one.first_on.isoformat()),
        )
        for one in audit.voices(most)
    ]
    note = "People and organizations quoted by name. First quoted: in any story that readers have."
    columns = ("Voice", "Quotes", "Share in %", "Stories", "First quoted")
    return Table("voices", "Whom we quote", note, columns, rows)


def organizations(audit: Audit, most: int, ways: Ways) -> Table:
    rows = [
        (
            Cell(one.name, one.name, ways.form_of("organization", one.pk)),
            Cell(one.kind, one.kind),
            count(one.quotes),
            share(one.share),
            count(one.stories),
            count(one.people),
        )
        for one in audit.bodies(most)
    ]
    note = (
        "Who speaks or is spoken for, also by sources without a name. People: those quoted by name."
    )
    columns = ("Organization", "Kind", "Quotes", "Share in %", "Stories", "People")
    return Table("organizations", "In whose name it was said", note, columns, rows)


def roles(audit: Audit, most: int, ways: Ways) -> Table:
    note = (
        "The kind of organization in whose name it was said. What is not on record is not guessed."
    )
    return _parts("roles", "Kinds of role", note, "Kind", audit.roles())


def newcomers(audit: Audit, most: int, ways: Ways) -> Table:
    rows = [
        (month_cell(one), count(one.voices), count(one.first_time), count(one.repeat))
        for one in audit.months
    ]
    note = "First-time: in no earlier month, on no desk, in any story that readers have."
    columns = ("Month", "Voices", "First-time", "Repeat")
    return Table("newcomers", "First-time and repeat voices", note, columns, rows)


def months(audit: Audit, most: int, ways: Ways) -> Table:
    rows = [
        (
            month_cell(one),
            *(
                count(number)
                for number in (one.quotes, one.stories, one.own, one.wire, one.unnamed)
            ),
        )
        for one in audit.months
    ]
    note = "By the date of the story, where the paper is."
    columns = ("Month", "Quotes", "Stories", "Own", "Wire", "Unnamed")
    return Table("months", "By month", note, columns, rows)


def origins(audit: Audit, most: int, ways: Ways) -> Table:
    found = audit.origins(MOST_SOURCES)
    note = "Own: written here. Wire and imports: whatever came in from a source."
    addresses = {part.key: ways.narrowed(origin=part.key) for part in found if part.key}
    return _parts("origins", "Own reporting and wire", note, "Reporting", found, addresses)


def desks(audit: Audit, most: int, ways: Ways) -> Table:
    found = audit.desks(most)
    addresses = {part.key: ways.narrowed(desk=part.key) for part in found if part.key}
    note = "A story of two desks counts for both."
    return _parts("desks", "By desk", note, "Desk", found, addresses)


def tags(audit: Audit, most: int, ways: Ways) -> Table:
    found = audit.tags(most)
    addresses = {part.key: ways.narrowed(tag=part.key) for part in found}
    note = "A story counts for each of its tags."
    return _parts("tags", "By tag", note, "Tag", found, addresses)


TABLES: dict[str, Callable[[Audit, int, Ways], Table]] = {
    builder.__name__: builder
    for builder in (totals, voices, organizations, roles, newcomers, origins, months, desks, tags)
}


def count(number: int) -> Cell:
    return Cell(f"{number:,}", number)


def share(part: float) -> Cell:
    """Return a share of 0 to 1 in per cent."""
    return Cell(f"{100 * part:.1f}", round(100 * part, 1))


def month_cell(month: Month) -> Cell:
    return Cell(date_format(month.start, "YEAR_MONTH_FORMAT"), f"{month.start:%Y-%m}")


def _parts(
    key: str,
    title: str,
    note: str,
    heading: str,
    parts: Iterable[Part],
    addresses: dict[str, str] | None = None,
) -> Table:
    known = addresses or {}
    rows = [
        (
            Cell(one.name, one.name, known.get(one.key, "")),
            count(one.quotes),
            share(one.share),
            *(count(number) for number in (one.stories, one.voices, one.unnamed)),
        )
        for one in parts
    ]
    columns = (heading, "Quotes", "Share in %", "Stories", "Voices", "Unnamed")
    return Table(key, title, note, columns, rows)
