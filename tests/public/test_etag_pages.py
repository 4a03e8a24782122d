"""Every value that a page shows is part of its ETag: no view can forget one."""

from collections import Counter
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise

from articles.models import Author, Person, StatementLink
from articles.public import etag, http_cache, sitemaps, urls
from articles.public.etag import PUBLIC_COLUMNS, context_digest
from articles.public.filters.base import BaseFilterSet
from articles.publishing import correct, publish
from tests.factories import (
    make_article,
    make_image,
    make_live,
    make_live_quote,
    make_membership,
    make_organization,
    make_person,
    make_quote,
    make_section,
    make_tag,
)

pytestmark = pytest.mark.django_db
WORDS = "We will mend the harbour wall before the winter comes to town"
PAGES = (
    *sitemaps.PAGES,
    *("articles?", "article", "article_history", "tag", "person", "person?", "organization"),
    *("author", "quotes?", "quote", "compare", "feed", "tag_feed", "quotes_feed", "feed_rss"),
    *("archive_year", "archive_month", "archive_day", "search", "search?", "search??"),
    *("articles?name", "articles_feed", "article_names"),
)


@pytest.fixture
def addresses() -> dict[str, str]:
    """Give an address of each kind of page that bears an ETag, of a paper that has something for each place."""
    section = make_section("Council", description="Boats.")
    topic = make_tag("Harbour", parent=section)
    board = make_organization("Port Board", is_confirmed=True, abbreviation="PB", kind="agency")
    ann, ben = make_person("Ann Lee", biography="Born."), make_person("Ben Low")
    Person.objects.update(is_confirmed=True, is_biography_public=True)
    make_membership(ann, board, "chair", start_date="2020")
    links: dict[str, Any] = {
        "tags": (section, topic),
        "people": (ann, ben),
        "organizations": (board, make_organization("Harbour Trust")),
    }
    make_live(**links)
    keys = []
    for person, headline in ((ann, "First"), (ben, "Second"), (ann, "Third")):
        article = make_article(
            headline=headline,
            bylines=("Bea Bold",),
            body_html=f"<p>“{WORDS}” Then it rained.</p>",
            **links,
        )
        make_quote(article, WORDS, person=person)
        edition = publish(article, by=None)
        keys.append(edition.quotes[0]["key"])
    StatementLink.objects.create(later=keys[2], earlier=keys[0], kind="withdraws")
    StatementLink.objects.create(later=keys[2], earlier=keys[1], kind="contradicts")
    Author.objects.update(
        beat="boats",
        biography="Writes.",
        is_biography_public=True,
        email="bea@paper.example",
        is_email_public=True,
        portrait=make_image(),
    )
    Author.objects.get().links.create(url="https://bea.example/", label="Bea", is_public=True)
    edition = correct(article, by=None, wrong="No.", right="Yes.", weight="correction")
    story, author = edition.get_absolute_url(), Author.objects.get()
    return {name: reverse(name) for name in sitemaps.PAGES} | {
        "articles?": "/articles/?tag=harbour&q=harbour+wall",
        "article": story,
        "archive_year": f"/archive/{edition.published_at:%Y}/",
        "archive_month": f"/archive/{edition.published_at:%Y/%m}/",
        "archive_day": f"/archive/{edition.published_at:%Y/%m/%d}/",
        "article_history": f"{story}changes/",
        "tag": "/tags/council/",
        "person": ann.get_absolute_url(),
        "person?": f"{ann.get_absolute_url()}?tag=harbour",
        "organization": board.get_absolute_url(),
        "search": "/search/",
        "search?": "/search/?q=lee+harbour",
        "search??": "/search/?q=habour",
        "author": author.get_absolute_url(),
        "quotes?": f"/quotes/?person={ann.pk}",
        "quote": f"/quotes/{keys[2]}/",
        "compare": f"/people/compare/?person={ann.pk}&person={ben.pk}",
        "feed": "/feed/",
        "feed_rss": "/feed/rss/",
        "tag_feed": "/tags/council/feed/",
        "quotes_feed": "/quotes/feed/",
        "articles?name": "/articles/?name=har",
        "articles_feed": "/articles/feed/?tag=harbour",
        "article_names": "/articles/names/?q=har",
    }


@pytest.fixture
def values_of(client, monkeypatch) -> Callable[[str], dict[str, Any]]:
    """Return what the view at an address gave to be digested."""

    def read(address: str) -> dict[str, Any]:
        seen: list[dict[str, Any]] = []
        digest = etag.context_digest

        def remember(values: dict[str, Any]) -> str:
            seen.append(values["values"])
            return digest(values)

        monkeypatch.setattr(etag, "context_digest", remember)
        assert client.get(address).status_code == 200
        monkeypatch.setattr(etag, "context_digest", digest)
        return dict(seen[0])

    return read


def changed(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield a copy of ``value`` for each plain value in it, with that one changed, and the way to it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            for way, new in changed(inner):
                yield f"[{key!r}]{way}", type(value)({**value, key: new})
    elif isinstance(value, list | tuple):
        yield "+", [*value, "more"]
        for at, inner in enumerate(value):
            for way, new in changed(inner):
                yield f"[{at}]{way}", [*value[:at], new, *value[at + 1 :]]
    elif isinstance(value, Model):
        yield from changed_rows(value)
    elif isinstance(value, BaseFilterSet):
        data = value.data.copy()
        data["q"] = "changed"
        other = type(value)(data, queryset=value.queryset.all())
        assert other.is_valid()
        yield ".data", other
    elif is_dataclass(value):
        yield from changed_dataclasses(value)
    else:
        yield "", changed_plain(value)


def changed_plain(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return not value
    if isinstance(value, str | Promise):
        return f"{value} changed"
    assert isinstance(value, int | date), f"{value!r} is of a type that no page may show"
    return value + timedelta(days=1) if isinstance(value, date) else value + 1


def changed_dataclasses(value: Any) -> Iterator[tuple[str, Any]]:
    for f in fields(value):
        if f.metadata.get("is_shown", True):
            for way, new in changed(getattr(value, f.name)):
                yield f".{f.name}{way}", replace(value, **{f.name: new})


def changed_rows(row: Model) -> Iterator[tuple[str, Model]]:
    """Yield copies of ``row`` with each column changed that readers may see."""
    loaded = vars(row) | row._state.fields_cache
    for name in PUBLIC_COLUMNS[type(row)]:
        inner = loaded.get(name)
        if isinstance(inner, Model):
            continue  # changed where the rows of its own kind are
        if name in loaded:
            for way, new in changed(inner):
                other = copy(row)
                other.__dict__ |= {name: new}
                yield f".{name}{way}", other


def test_whatever_changes_in_a_context_changes_the_etag(addresses, values_of, subtests):
    for page in PAGES:
        with subtests.test(page):
            values = values_of(addresses[page])
            first, ways = context_digest(values), Counter[str]()
            for way, other in changed(values):
                ways[way] += 1
                assert context_digest(other) != first, way
            assert len(ways) > 3
            assert context_digest(values) == first


def test_a_context_has_one_digest_however_often_it_is_read(addresses, values_of, subtests):
    for page in PAGES:
        with subtests.test(page):
            first = context_digest(values_of(addresses[page]))
            assert first == context_digest(values_of(addresses[page]))


def test_every_view_that_bears_an_etag_is_walked(addresses, client):
    """The tests above would not notice a page that they do not know."""
    names = {str(pattern.name) for pattern in urls.urlpatterns}
    walked = {page.partition("?")[0] for page in PAGES}
    other_feeds = {"person_feed", "organization_feed", "author_feed"}  # as the feed of a tag
    other_feeds |= {name for name in names if name.endswith("_feed_rss")}  # as the feed of all
    bare = {"sitemap", "sitemap_section", "robots", "stylesheet", "script", "favicon", "picture"}
    assert names == walked | other_feeds | bare
    for name in ("sitemap", "robots", "stylesheet", "script", "favicon"):
        assert "ETag" not in client.get(reverse(name)), name


def test_what_shows_of_a_row_is_among_its_public_columns(addresses, client, monkeypatch, subtests):
    """Change each loaded column of each row that a template gets: what shows then must be digested."""
    calls: list[tuple[Any, ...]] = []

    def remember(*arguments: Any) -> HttpResponse:
        calls.append(arguments)
        return render(*arguments)

    monkeypatch.setattr(http_cache, "render", remember)
    for page in [p for p in PAGES if "feed" not in p and p != "article_names"]:
        with subtests.test(page):
            calls.clear()
            client.get(addresses[page])
            request, template, context = calls[0]
            html = render_to_string(template, context, request)
            for row, name, value in hidden_columns(context):
                for _, new in changed(value):
                    row.__dict__[name] = new
                    assert render_to_string(template, context, request) == html, name
                row.__dict__[name] = value


def hidden_columns(context: Any) -> Iterator[tuple[Model, str, Any]]:
    """Yield each loaded column that readers may not see, of each row in ``context``, with its value."""
    for row in rows_in(context):
        columns = PUBLIC_COLUMNS[type(row)]
        for name, value in list(vars(row).items()):
            if not (name in columns or name.startswith("_") or name.endswith("_id")):
                yield row, name, value


def rows_in(value: Any) -> Iterator[Model]:
    """Yield the rows of the database in a context."""
    if isinstance(value, Model):
        yield value
        yield from (r for r in value._state.fields_cache.values() if isinstance(r, Model))
    elif isinstance(value, dict):
        yield from (row for inner in value.values() for row in rows_in(inner))
    elif isinstance(value, list | tuple):
        yield from (row for inner in value for row in rows_in(inner))
    elif is_dataclass(value) and not isinstance(value, type):
        yield from (row for f in fields(value) for row in rows_in(getattr(value, f.name)))


def test_a_page_answered_304_is_neither_rendered_nor_completed(client, addresses, monkeypatch):
    first = {page: client.get(address) for page, address in addresses.items()}
    monkeypatch.setattr(http_cache, "render", None)
    for page, address in addresses.items():
        again = client.get(address, headers={"If-None-Match": first[page]["ETag"]})
        assert again.status_code == 304, page


def test_a_page_keeps_its_etag_while_others_are_published(client):
    story = make_live_quote(WORDS, person=make_person())
    address = f"/quotes/{story.quotes[0]['key']}/"
    first = client.get(address)["ETag"]
    make_live()
    assert client.get(address)["ETag"] == first


def test_a_renamed_link_changes_the_etag_of_a_feed(client):
    """A feed's entries name their tags: the numbers of its editions alone did not tell."""
    edition = make_live(tags=(make_section("Council"),))
    first = client.get("/feed/")["ETag"]
    tags = [tag | {"name": "Town hall"} for tag in edition.tags]
    type(edition).objects.filter(pk=edition.pk).update(tags=tags)
    assert client.get("/feed/")["ETag"] != first
