"""Where a page of a list is, and where the pages before and after it are: what its head and its foot say."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from articles.public.views.pagination import Key, Page


@dataclass(frozen=True, slots=True)
class PageAddresses:
    """Where a page of a list is: its own address below the paper's, and the query strings of the pages beside it.

    ``newer`` is the page before it ("" for the first page), ``older`` the one after it; None where there is none.
    """

    canonical: str
    newer: str | None
    older: str | None


def addresses_of(
    page: Page, after: Key | None, url: str, query: Callable[..., str] | None = None
) -> PageAddresses:
    """Return where ``page``, which begins after ``after``, of the list at ``url`` is.

    ``query`` makes the query string of the list with pairs of name and value added, as ``BaseFilterSet.query`` does.
    """
    make_query = query or (lambda *pairs: urlencode(pairs))

    def at(key: Key | None) -> str:
        return make_query(("from", str(key))) if key else make_query()

    own = at(after)
    return PageAddresses(
        f"{url}?{own}" if own else url,
        at(page.previous) if after else None,
        at(page.next) if page.next else None,
    )
