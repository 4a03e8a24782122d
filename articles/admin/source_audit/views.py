"""The source audit: whom the paper quotes, how often, from where. Tables first, charts beside them, each as a file."""

import csv
import io
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles import dates
from articles.admin.base import NewsroomModelAdmin
from articles.admin.feedback import require_permissions
from articles.record.source_audit import Audit, AuditQuery

from .charts import BarChart, ColumnChart, bar_chart, column_chart
from .form import FILTER_FIELDS, AuditForm
from .tables import TABLES, AuditLinks, Table

VIEW = "articles.view_audit"
PAGE = "admin/articles/audit/page.html"
MAX_ROWS_SHOWN, MAX_ROWS_IN_FILE = 25, 5_000  # rows on the page, rows in a file
FORMULA_PREFIXES = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class AuditSection:
    """A table of the page with its chart, or none; ``more`` where the file has further rows."""

    table: Table
    chart: BarChart | ColumnChart | None
    has_more: bool
    file: str

    @property
    def is_long(self) -> bool:
        """Whether the chart says it better, and the table is folded."""
        return len(self.table.rows) > MAX_ROWS_SHOWN

    @property
    def is_columns(self) -> bool:
        return isinstance(self.chart, ColumnChart)


class SourceAuditAdmin(NewsroomModelAdmin):
    """Adds to quotes the page of whom they quote."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(partial(audit_view, admin=self))
        return [path("audit/", view, name="articles_quote_audit"), *super().get_urls()]


@require_safe
def audit_view(request: HttpRequest, admin: Any) -> HttpResponse:
    """Show the audit that the address asks for, or give one of its tables as a file."""
    require_permissions(request, VIEW)
    form = AuditForm(request.GET.dict())
    context: dict[str, Any] = {"form": form, "base": reverse("admin:articles_quote_audit")}
    if not form.is_valid():
        return _page(request, admin, context | {"errors": True}, status=400)
    query = form.query
    audit = Audit(query)
    links = AuditLinks(
        context["base"], {name: form.data[name] for name in FILTER_FIELDS if form.data.get(name)}
    )
    if form.cleaned_data["format"]:
        return _file(TABLES[form.cleaned_data["table"]](audit, MAX_ROWS_IN_FILE, links), query)
    totals = TABLES["totals"](audit, MAX_ROWS_SHOWN, links)
    context |= {
        "totals": totals,
        "totals_file": links.filtered_address(table="totals", format="csv"),
        "period": gettext("%(first)s to %(last)s")
        % {"first": dates.format_date(query.first_on), "last": dates.format_date(query.last_on)},
        "has_quotes": audit.totals.quotes > 0,
        "is_narrowed": len(request.GET) > 0,
    }
    if audit.totals.quotes:
        context["sections"] = [_section(name, audit, links) for name in TABLES if name != "totals"]
    return _page(request, admin, context)


def _section(name: str, audit: Audit, links: AuditLinks) -> AuditSection:
    """Return a table and its chart; one row more than is shown tells that there are more."""
    full_table = TABLES[name](audit, MAX_ROWS_SHOWN + 1, links)
    is_by_month = name in ("months", "newcomers")
    rows = full_table.rows if is_by_month else full_table.rows[:MAX_ROWS_SHOWN]
    table = Table(full_table.key, full_table.title, full_table.note, full_table.columns, rows)
    file = links.filtered_address(table=name, format="csv")
    return AuditSection(table, _chart(table, audit), len(rows) < len(full_table.rows), file)


def _chart(table: Table, audit: Audit) -> BarChart | ColumnChart | None:
    if table.key == "newcomers":
        pairs = [(month.first_time, month.repeat) for month in audit.months]
        return column_chart(
            table.key,
            gettext("Sources by month"),
            (gettext("First-time"), gettext("repeat")),
            audit.months,
            pairs,
        )
    if table.key == "months":
        pairs = [(month.own, month.wire) for month in audit.months]
        return column_chart(
            table.key,
            gettext("Quotes by month"),
            (gettext("Own"), gettext("wire")),
            audit.months,
            pairs,
        )
    if table.key == "origins":
        return None
    place = table.columns.index(gettext("Quotes"))
    counts = ((row[0].text, int(row[place].value)) for row in table.rows)
    return bar_chart(table.key, gettext("%(table)s: quotes") % {"table": table.title}, counts)


def _file(table: Table, query: AuditQuery) -> HttpResponse:
    """Return ``table`` as CSV (RFC 4180), with nothing that a spreadsheet would take for a formula."""
    output = io.StringIO(newline="")
    writer = csv.writer(output)
    writer.writerow(table.columns)
    writer.writerows([escape_formula(cell.value) for cell in row] for row in table.rows)
    response = HttpResponse(
        output.getvalue(), content_type="text/csv; charset=utf-8; header=present"
    )
    name = f"source-audit-{table.key}-{query.first_on}-{query.last_on}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def escape_formula(value: str | int | float) -> str | int | float:
    """Return ``value`` with an apostrophe before what begins like a formula.

    Source: https://owasp.org/www-community/attacks/CSV_Injection
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_PREFIXES) else value


def _page(
    request: HttpRequest, admin: Any, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    admin_context = {
        **admin.admin_site.each_context(request),
        "title": gettext("Source audit"),
        "opts": admin.opts,
    }
    return TemplateResponse(request, PAGE, admin_context | context, status=status)
