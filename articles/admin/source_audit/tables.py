"""The tables of the source audit, for the page and for files: one shape for all."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.translation import gettext

from articles.models.page_urls import keyed_address
from articles.record.source_audit import Audit, Month, QuoteShare

MAX_SOURCES = 20


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
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class AuditLinks:
    """Addresses that names in the tables lead to: ``base`` with ``filters`` is the page itself."""

    base: str
    filters: dict[str, str]

    def filtered_address(self, **filters: str) -> str:
        """Return the address of the page with ``filters`` added."""
        return f"{self.base}?{urlencode(self.filters | filters)}"

    def change_address(self, kind: str, pk: int) -> str:
        """Return the address of the form of a person or an organization."""
        return keyed_address(f"admin:articles_{kind}_change", pk)


def totals_table(audit: Audit, limit: int, links: AuditLinks) -> Table:
    totals = audit.totals
    rows = [
        (gettext("Quotes"), count_cell(totals.quotes)),
        (gettext("Statements"), count_cell(totals.statements)),
        (gettext("Stories"), count_cell(totals.stories)),
        (gettext("Sources"), count_cell(totals.sources)),
        (gettext("First-time sources"), count_cell(totals.first_time)),
        (gettext("From unnamed sources"), share_cell(totals.unnamed_share)),
        (gettext("Own reporting"), share_cell(totals.own_share)),
        (gettext("The ten most quoted sources"), share_cell(audit.top_share)),
    ]
    note = gettext("The same words by the same speaker are one statement.")
    labelled_rows = [(Cell(label, label), cell) for label, cell in rows]
    return Table(
        "totals",
        gettext("All together"),
        note,
        (gettext("Figure"), gettext("Number or %")),
        labelled_rows,
    )


def speakers_table(audit: Audit, limit: int, links: AuditLinks) -> Table:
    rows = [
        (
            Cell(source.name, source.name, links.change_address(source.kind, source.pk)),
            count_cell(source.quotes),
            share_cell(source.share),
            count_cell(source.stories),
            Cell(date_format(source.first_on, "j M Y"), source.first_on.isoformat()),
        )
        for source in audit.sources(limit)
    ]
    note = gettext(
        "People and organizations quoted by name. First quoted: in any story that readers have."
    )
    columns = (
        gettext("Source"),
        gettext("Quotes"),
        gettext("Share in %"),
        gettext("Stories"),
        gettext("First quoted"),
    )
    return Table("voices", gettext("Whom we quote"), note, columns, rows)


def organizations_table(audit: Audit, limit: int, links: AuditLinks) -> Table:
    rows = [
        (
            Cell(
                organization.name,
                organization.name,
                links.change_address("organization", organization.pk),
            ),
            Cell(organization.kind, organization.kind),
            count_cell(organization.quotes),
            share_cell(organization.share),
            count_cell(organization.stories),
            count_cell(organization.people),
        )
        for organization in audit.organizations(limit)
    ]
    note = gettext(
        "Who speaks or is spoken for, also by sources without a name. People: those quoted by name."
    )
    columns = (
        gettext("Organization"),
        gettext("Kind"),
        gettext("Quotes"),
        gettext("Share in %"),
        gettext("Stories"),
        gettext("People"),
    )
    return Table("organizations", gettext("In whose name it was said"), note, columns, rows)


def roles_table(audit: Audit, limit: int, links: AuditLinks) -> Table:
    note = gettext(
        "The kind of organization in whose name it was said. What is not on record is not guessed."
    )
    return _shares_table("roles", gettext("Kinds of role"), note, gettext("Kind"), audit.roles())


def new_speakers_table(audit: Audit, limit: int, links: AuditLinks) -> Table:
    rows = [
        (
            month_cell(month),
            count_cell(month.sources),
            count_cell(month.first_time),
            count_cell(month.repeat),
        )
        for month in audit.months
    ]
    note = gettext("First-time: in no earlier month, on no desk, in any story that readers have.")
    columns = (gettext("Month"), gettext("Sources"), gettext("First-time"), gettext("Repeat"))
    return Table("newcomers", gettext("First-time and repeat sources"), note, columns, rows)


def months_table(audit: Audit, limit: int, links: AuditLinks) -> Table:
    rows = [
        (
            month_cell(month),
            *(
                count_cell(number)
                for number in (month.quotes, month.stories, month.own, month.wire, month.unnamed)
            ),
        )
        for month in audit.months
    ]
    note = gettext("By the date of the story, where the paper is.")
    columns = (
        gettext("Month"),
        gettext("Quotes"),
        gettext("Stories"),
        gettext("Own"),
        gettext("Wire"),
        gettext("Unnamed"),
    )
    return Table("months", gettext("By month"), note, columns, rows)


def origins_table(audit: Audit, limit: int, links: AuditLinks) -> Table:
    shares = audit.origins(MAX_SOURCES)
    note = gettext("Own: written here. Wire and imports: whatever came in from a source.")
    addresses = {
        share.key: links.filtered_address(origin=share.key) for share in shares if share.key
    }
    return _shares_table(
        "origins", gettext("Own reporting and wire"), note, gettext("Reporting"), shares, addresses
    )


def desks_table(audit: Audit, limit: int, links: AuditLinks) -> Table:
    shares = audit.desks(limit)
    addresses = {share.key: links.filtered_address(desk=share.key) for share in shares if share.key}
    note = gettext("A story of two desks counts for both.")
    return _shares_table("desks", gettext("By desk"), note, gettext("Desk"), shares, addresses)


def tags_table(audit: Audit, limit: int, links: AuditLinks) -> Table:
    shares = audit.tags(limit)
    addresses = {share.key: links.filtered_address(tag=share.key) for share in shares}
    note = gettext("A story counts for each of its tags.")
    return _shares_table("tags", gettext("By tag"), note, gettext("Tag"), shares, addresses)


TABLES: dict[str, Callable[[Audit, int, AuditLinks], Table]] = {  # by the name in the address
    "totals": totals_table,
    "voices": speakers_table,
    "organizations": organizations_table,
    "roles": roles_table,
    "newcomers": new_speakers_table,
    "origins": origins_table,
    "months": months_table,
    "desks": desks_table,
    "tags": tags_table,
}


def count_cell(number: int) -> Cell:
    return Cell(f"{number:,}", number)


def share_cell(share: float) -> Cell:
    """Return a share of 0 to 1 in per cent."""
    return Cell(f"{100 * share:.1f}", round(100 * share, 1))


def month_cell(month: Month) -> Cell:
    return Cell(date_format(month.start, "YEAR_MONTH_FORMAT"), f"{month.start:%Y-%m}")


def _shares_table(
    key: str,
    title: str,
    note: str,
    heading: str,
    shares: Iterable[QuoteShare],
    addresses: dict[str, str] | None = None,
) -> Table:
    links = addresses or {}
    rows = [
        (
            Cell(share.name, share.name, links.get(share.key, "")),
            count_cell(share.quotes),
            share_cell(share.share),
            *(count_cell(number) for number in (share.stories, share.sources, share.unnamed)),
        )
        for share in shares
    ]
    columns = (
        heading,
        gettext("Quotes"),
        gettext("Share in %"),
        gettext("Stories"),
        gettext("Sources"),
        gettext("Unnamed"),
    )
    return Table(key, title, note, columns, rows)
