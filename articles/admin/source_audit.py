"""The source audit: whom the paper quotes, how often, from where. Tables first, charts beside them, each as a file."""

import csv
import io
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe

from articles import printed
from articles.record.source_audit import Asked, Audit

from .base import DeskAdmin
from .deeds import demand
from .source_audit_charts import Bars, Columns, bars_of, columns_of
from .source_audit_form import NARROWING, AuditForm
from .source_audit_tables import TABLES, Table, Ways

VIEW = "articles.view_audit"
PAGE = "admin/articles/audit/page.html"
MOST_SHOWN, MOST_KEPT = 25, 5_000  # rows on the page, rows in a file
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Section:
    """A table of the page with its chart, or none; ``more`` where the file has further rows."""

    table: Table
    chart: Bars | Columns | None
    has_more: bool
    file: str

    @property
    def is_long(self) -> bool:
        """Whether the chart says it better, and the table is folded."""
        return len(self.table.rows) > MOST_SHOWN

    @property
    def is_columns(self) -> bool:
        return isinstance(self.chart, Columns)


class AuditPage(DeskAdmin):
    """Adds to quotes the page of whom they quote."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(partial(audit_view, admin=self))
        return [path("audit/", view, name="articles_quote_audit"), *super().get_urls()]


@require_safe
def audit_view(request: HttpRequest, admin: Any) -> HttpResponse:
    """Show the audit that the address asks for, or give one of its tables as a file."""
    demand(request, VIEW)
    form = AuditForm(request.GET.dict())
    context: dict[str, Any] = {"form": form, "base": reverse("admin:articles_quote_audit")}
    if not form.is_valid():
        return _page(request, admin, context | {"errors": True}, status=400)
    asked = form.asked
    audit = Audit(asked)
    ways = Ways(
        context["base"], {name: form.data[name] for name in NARROWING if form.data.get(name)}
    )
    if form.cleaned_data["format"]:
        return _file(TABLES[form.cleaned_data["table"]](audit, MOST_KEPT, ways), asked)
    found = TABLES["totals"](audit, MOST_SHOWN, ways)
    context |= {
        "totals": found,
        "totals_file": ways.narrowed(table="totals", format="csv"),
        "period": f"{printed.day(asked.first_on)} to {printed.day(asked.last_on)}",
        "has_quotes": audit.totals.quotes > 0,
        "is_narrowed": len(request.GET) > 0,
    }
    if audit.totals.quotes:
        context["sections"] = [_section(name, audit, ways) for name in TABLES if name != "totals"]
    return _page(request, admin, context)


def _section(name: str, audit: Audit, ways: Ways) -> Section:
    """Return a table and its chart; one row more than is shown tells that there are more."""
    found = TABLES[name](audit, MOST_SHOWN + 1, ways)
    is_by_month = name in ("months", "newcomers")
    shown = found.rows if is_by_month else found.rows[:MOST_SHOWN]
    table = Table(found.key, found.title, found.note, found.columns, shown)
    file = ways.narrowed(table=name, format="csv")
    return Section(table, _chart(table, audit), len(shown) < len(found.rows), file)


def _chart(table: Table, audit: Audit) -> Bars | Columns | None:
    if table.key == "newcomers":
        parts = [(month.first_time, month.repeat) for month in audit.months]
        return columns_of(
            table.key, "Voices by month", ("First-time", "repeat"), audit.months, parts
        )
    if table.key == "months":
        parts = [(month.own, month.wire) for month in audit.months]
        return columns_of(table.key, "Quotes by month", ("Own", "wire"), audit.months, parts)
    if table.key == "origins":
        return None
    place = table.columns.index("Quotes")
    counts = ((row[0].text, int(row[place].value)) for row in table.rows)
    return bars_of(table.key, f"{table.title}: quotes", counts)


def _file(table: Table, asked: Asked) -> HttpResponse:
    """Return ``table`` as CSV (RFC 4180), with nothing that a spreadsheet would take for a formula."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(table.columns)
    writer.writerows([harmless(cell.value) for cell in row] for row in table.rows)
    response = HttpResponse(
        written.getvalue(), content_type="text/csv; charset=utf-8; header=present"
    )
    name = f"source-audit-{table.key}-{asked.first_on}-{asked.last_on}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def harmless(value: str | int | float) -> str | int | float:
    """Return ``value`` with an apostrophe before what begins like a formula.

    Source: https://owasp.org/www-community/attacks/CSV_Injection
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _page(
    request: HttpRequest, admin: Any, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    around = {**admin.admin_site.each_context(request), "title": "Source audit", "opts": admin.opts}
    return TemplateResponse(request, PAGE, around | context, status=status)
