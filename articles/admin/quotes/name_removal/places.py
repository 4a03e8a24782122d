"""Where a name still stands, as an editor reads it: what it is, where it is, and what can be done about it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.record.name_removal.hits import NameHit

Line = tuple[str, str]  # what it is, and its address; empty for none
TITLES = {  # in the order of the page: a title, and what can be done
    "text": (_("The text as it is"), _("Write it without the name, and save.")),
    "readers": (
        _("What readers got"),
        _(
            "It never changes. Publish the story without the name; then hide each edition before, with a reason. "
            "Or withdraw the story."
        ),
    ),
    "beside": (_("Beside the story"), _("Change it on its own form.")),
    "versions": (
        _("Past versions"),
        _("They stay, for the desk alone. A version without the name can be published."),
    ),
    "source": (
        _("What came in"),
        _("Source files stay as they came, for the desk alone. Ask the operator if one has to go."),
    ),
}


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """Some places of one kind: ``lines`` with their addresses, and what can be done about them."""

    title: str
    remedy: str
    lines: list[Line]


def group_hits(hits: Iterable[NameHit]) -> list[PlaceGroup]:
    """Return ``hits`` by kind, each place once: one query a table."""
    by_table: dict[str, list[NameHit]] = defaultdict(list)
    for hit in hits:
        by_table[hit.table].append(hit)
    lines: dict[str, dict[Line, None]] = defaultdict(dict)
    for table, table_hits in by_table.items():
        group, describe = DESCRIBED[table]
        rows = apps.get_model(table)._base_manager.in_bulk([hit.key for hit in table_hits])
        for hit in table_hits:
            if hit.key in rows:
                lines[group][describe(rows[hit.key], hit.columns)] = None
    return [
        PlaceGroup(str(title), str(remedy), list(lines[group]))
        for group, (title, remedy) in TITLES.items()
        if lines[group]
    ]


def _page(name: str, *args: object) -> str:
    return reverse(f"admin:articles_{name}", args=args)


def _article(article: Any, columns: Sequence[str]) -> Line:
    labels = [str(article._meta.get_field(name).verbose_name) for name in columns]
    if columns == ("original",):
        return gettext("The file as it came in"), _page("article_original", article.pk)
    text = gettext("The working copy: %(fields)s") % {"fields": ", ".join(labels)}
    return text, _page("article_change", article.pk)


def _edition(edition: Any, columns: Sequence[str]) -> Line:
    text = gettext("Edition %(number)s") % {"number": edition.number}
    return text, _page("article_edition", edition.article_id, edition.number)


def _revision(revision: Any, columns: Sequence[str]) -> Line:
    text = gettext("Version %(number)s") % {"number": revision.number}
    return text, _page("article_revision", revision.article_id, revision.number)


def _quote(quote: Any, columns: Sequence[str]) -> Line:
    return gettext("A quote, in its words or its source"), _page("quote_change", quote.pk)


def _quote_state(state: Any, columns: Sequence[str]) -> Line:
    return gettext("The history of a quote"), _page("quote_history", state.id)


def _form_of(model: str) -> Callable[[Any, Sequence[str]], Line]:
    """Return how a row is described by the name of its kind, and where it is changed."""

    def describe(row: Any, columns: Sequence[str]) -> Line:
        return capfirst(f"{row._meta.verbose_name}"), _page(f"{model}_change", row.pk)

    return describe


DESCRIBED: dict[str, tuple[str, Callable[[Any, Sequence[str]], Line]]] = {
    "articles.Article": ("text", _article),
    "articles.Byline": ("text", lambda row, columns: _article(row.article, ())),
    "articles.Quote": ("text", _quote),
    "articles.QuotePart": ("text", lambda row, columns: _quote(row.quote, columns)),
    "articles.Edition": ("readers", _edition),
    "articles.EditionQuote": ("readers", lambda row, columns: _edition(row.edition, columns)),
    "articles.Correction": ("readers", lambda row, columns: _edition(row.edition, columns)),
    "articles.FormerAddress": (
        "readers",
        lambda row, columns: (gettext("A former address of the story"), ""),
    ),
    "articles.Author": ("beside", _form_of("author")),
    "articles.AuthorLink": ("beside", lambda row, columns: _form_of("author")(row.author, columns)),
    "articles.Image": ("beside", _form_of("image")),
    "articles.Tag": ("beside", _form_of("tag")),
    "articles.RightOfReply": ("beside", _form_of("rightofreply")),
    "articles.Revision": ("versions", _revision),
    "articles.HistoricalQuote": ("versions", _quote_state),
    "articles.Proposal": ("versions", _form_of("proposal")),
    "articles.WaitingChange": ("source", _form_of("waitingchange")),
    "articles.ImportedItem": (
        "source",
        lambda row, columns: (
            gettext("The last version from the source"),
            _page("article_original", row.article_id),
        ),
    ),
    "articles.ImportRun": ("source", _form_of("importrun")),
}
