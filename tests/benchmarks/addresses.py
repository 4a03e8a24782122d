"""What readers may ask of a paper that ``load.py`` filled: every public address, with what makes each of them dear.

First and deep pages, what is common and what is rare, searches of every kind, alone and with every filter.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse

from articles.models import (
    Author,
    Edition,
    EditionQuote,
    Organization,
    Person,
    Tag,
)
from articles.models.edition_links import LINKS
from articles.public.views.pagination import Key

from .load import SearchedWords, searched_words


@dataclass(frozen=True, slots=True)
class Address:
    """One request: ``name`` says what it is, of the address with the name ``view``."""

    name: str
    view: str
    path: str


@dataclass(frozen=True, slots=True)
class SampleRows:
    """Rows of a loaded paper, by what makes their pages dear. ``middle`` is the key half way back."""

    newest: Edition
    middle: Edition
    oldest: Edition
    withdrawn: Edition
    section: Tag
    common: Tag
    common_too: Tag
    rare: Tag
    person: Person
    rare_person: Person
    organization: Organization
    author: Author
    quote_key: str
    words: SearchedWords


def choose_samples() -> SampleRows:
    """Choose the rows; the paper is not empty."""
    listed = Edition.objects.listed()
    newest = listed.newest()[0]
    oldest = listed.order_by("published_at", "pk")[0]
    half = oldest.published_at + (newest.published_at - oldest.published_at) / 2
    topics = Tag.objects.filter(kind=Tag.Kind.TOPIC).order_by("-link_count", "pk")
    return SampleRows(
        newest=newest,
        middle=listed.filter(published_at__lte=half).newest()[0],
        oldest=oldest,
        withdrawn=Edition.objects.live().filter(kind=Edition.Kind.WITHDRAWAL)[0],
        section=Tag.objects.filter(kind=Tag.Kind.SECTION).order_by("-link_count", "pk")[0],
        common=topics[0],
        common_too=topics[1],
        rare=Tag.objects.get(pk=newest.tags[-1]["id"]),
        person=_most_linked(Person.objects.exclude(sort_name__startswith="Z")),
        rare_person=Person.objects.get(pk=newest.people[-1]["id"]),
        organization=_most_linked(Organization.objects.all()),
        author=Author.objects.public().order_by("pk")[0],
        quote_key=EditionQuote.objects.listed().newest()[0].quote_key,
        words=searched_words(Edition.objects.order_by("-article_id")[0].article_id),
    )


def _most_linked(rows: "QuerySet[Any]") -> Any:
    name = str(rows.model._meta.model_name)
    links = LINKS[name].objects.filter(edition__published_at__isnull=False)
    sample = list(links.newest().values_list(f"{name}_id", flat=True)[:5000])
    keys = set(rows.filter(pk__in=set(sample)).values_list("pk", flat=True))
    return rows.get(pk=max(keys, key=lambda key: (sample.count(key), key)))


def list_addresses(samples: SampleRows) -> list[Address]:
    """Return every request, each name once."""
    parts = (_articles, _stories, _entities, _quotes, _searches, _machines, _further)
    listed = [address for part in parts for address in part(samples)]
    feeds = [address for address in listed if address.view.endswith("feed")]
    return [*listed, *map(_as_rss, feeds)]


def _as_rss(feed: Address) -> Address:
    path, mark, query = feed.path.partition("?")
    return Address(f"{feed.name}, RSS", f"{feed.view}_rss", f"{path}rss/{mark}{query}")


def _address(name: str, view: str, *args: object, **query: object) -> Address:
    encoded = urlencode(query, doseq=True)
    return Address(name, view, reverse(view, args=args) + (f"?{encoded}" if encoded else ""))


def _key(edition: Edition) -> str:
    return str(Key(edition.published_at, edition.pk))


def _articles(samples: SampleRows) -> Iterator[Address]:
    """Yield the list of stories with its filters, the first page and one half way back."""
    filters: dict[str, dict[str, object]] = {
        "all": {},
        "section": {"section": samples.section.slug},
        "common tag": {"tag": samples.common.slug},
        "rare tag": {"tag": samples.rare.slug},
        "two common tags": {"tag": [samples.common.slug, samples.common_too.slug]},
        "common and rare tag": {"tag": [samples.common.slug, samples.rare.slug]},
        "person": {"person": samples.person.pk},
        "rare person and tag": {"person": samples.rare_person.pk, "tag": samples.common.slug},
        "organization and section": {
            "organization": samples.organization.pk,
            "section": samples.section.slug,
        },
        "a month": _month(samples.middle),
        "a month of a tag": _month(samples.middle) | {"tag": samples.common.slug},
        "before all": {"before": "1990-01-01"},
    }
    for name, query in filters.items():
        yield _address(f"list, {name}", "articles", **query)
        yield _address(f"list, {name}, deep", "articles", **query, **{"from": _key(samples.middle)})
    yield _address("list, last page", "articles", **{"from": _key(samples.oldest)})


def _month(edition: Edition) -> dict[str, object]:
    day = edition.published_at.date()
    return {"after": (day - timedelta(days=30)).isoformat(), "before": day.isoformat()}


def _stories(samples: SampleRows) -> Iterator[Address]:
    yield _address("front", "home")
    for name in ("newest", "middle", "oldest"):
        edition = getattr(samples, name)
        args = edition.article_id, edition.slug
        yield _address(f"story, {name}", "article", *args)
        yield _address(f"changes, {name}", "article_history", *args)
    yield _address("story, withdrawn", "article", samples.withdrawn.article_id)
    yield _address("corrections", "corrections")
    yield _address("corrections, deep", "corrections", **{"from": _key(samples.middle)})


def _entities(samples: SampleRows) -> Iterator[Address]:
    """Yield the pages of tags, people, organizations and authors, with their feeds, and the lists of them."""
    for name in ("section", "common", "rare"):
        slug = getattr(samples, name).slug
        yield _address(f"tag, {name}", "tag", slug)
        yield _address(f"tag, {name}, deep", "tag", slug, **{"from": _key(samples.middle)})
        yield _address(f"tag feed, {name}", "tag_feed", slug)
    for view, row in (
        ("person", samples.person),
        ("person", samples.rare_person),
        ("organization", samples.organization),
        ("author", samples.author),
    ):
        name = "rare person" if row is samples.rare_person else view
        args = row.pk, row.slug
        yield _address(name, view, *args)
        yield _address(f"{name}, deep", view, *args, **{"from": _key(samples.middle)})
        yield _address(f"{name} feed", f"{view}_feed", *args)
        if view in {"person", "organization"}:
            year = samples.middle.published_at.year
            yield _address(f"{name}, tag and year", view, *args, tag=samples.common.slug, year=year)
    people = [samples.person.pk, samples.rare_person.pk]
    yield _address("compare, nobody", "compare")
    yield _address("compare, two", "compare", person=people)
    yield _address("compare, two on a tag", "compare", person=people, tag=samples.common.slug)
    for view in ("tags", "people", "organizations"):
        yield _address(view, view)
    yield _address("people, from", "people", **{"from": "Zd"})


def _quotes(samples: SampleRows) -> Iterator[Address]:
    filters: dict[str, dict[str, object]] = {
        "all": {},
        "person": {"person": samples.person.pk},
        "rare person": {"person": samples.rare_person.pk},
        "organization": {"organization": samples.organization.pk},
        "tag": {"tag": samples.common.slug},
        "rare tag": {"tag": samples.rare.slug},
        "person on a rare tag": {"person": samples.person.pk, "tag": samples.rare.slug},
        "a month": _month(samples.middle),
        "word of all": {"q": "paid"},
        "no word": {"q": samples.words.absent[0]},
    }
    for name, query in filters.items():
        yield _address(f"quotes, {name}", "quotes", **query)
    yield _address("quotes, deep", "quotes", **{"from": _key(samples.middle)})
    yield _address("quote", "quote", samples.quote_key)
    yield _address("quotes feed", "quotes_feed")


def list_searches(samples: SampleRows) -> dict[str, str]:
    """Return what is searched for, by what kind of search it is."""
    words = samples.words
    common, medium, rare = words.common[0], words.medium[3], words.rare[7]
    title = samples.newest.headline.split()
    return {
        "rare": rare,
        "medium": medium,
        "common": common,
        "absent": words.absent[0],
        "old": words.old[-1],
        "common + medium": f"{common} {medium}",
        "common + rare": f"{common} {rare}",
        "common + old": f"{common} {words.old[-1]}",
        "common + absent": f"{common} {words.absent[0]}",
        "phrase": f'"{" ".join(title[:2])}"',
        "phrase of common words": '"was full"',
        "phrase of none": '"full hall"',
        "prefix of many": "ow",
        "prefix of few": words.own[5][:-1],
        "prefix of none": "jabbad",
        "common and prefix": f"{common} ra",
        "minus": f"{common} -{words.common[1]} -{medium}",
        "minus all": f"{common} -{common}",
        "minus alone": f"-{common}",
        "eight words": "we paid the hall was full filed as",
        "many words": " ".join(words.rare[:60]),
        "person": samples.person.name,
    }


def _searches(samples: SampleRows) -> Iterator[Address]:
    """Yield searches of every kind among stories, and the dearest with every filter."""
    for kind, text in list_searches(samples).items():
        yield _address(f"search, {kind}", "articles", q=text)
    filters = {
        "section": {"section": samples.section.slug},
        "tags": {"tag": [samples.common.slug, samples.rare.slug]},
        "person": {"person": samples.person.pk},
        "organization": {"organization": samples.organization.pk},
        "month": _month(samples.middle),
        "deep": {"from": _key(samples.middle)},
    }
    words = samples.words
    texts = {"common": words.common[0], "absent": words.absent[0], "old": words.old[-1]}
    for name, query in filters.items():
        for kind, text in texts.items():
            yield _address(f"search, {kind}, {name}", "articles", q=text, **query)  # type: ignore[arg-type]


def _machines(samples: SampleRows) -> Iterator[Address]:
    """Yield what machines ask for."""
    yield _address("feed", "feed")
    yield _address("sitemap", "sitemap")
    for kind in ("articles", "tags", "people", "organizations", "authors", "quotes"):
        yield _address(f"sitemap, {kind}", "sitemap_section", kind, 1)
        yield _address(f"sitemap, {kind}, beyond", "sitemap_section", kind, 10**8)
    yield _address("sitemap, pages", "sitemap_section", "pages", 1)
    yield _address("front, former address", "home", p=123)
    yield Address("no such page", "", "/2012/05/a-story-that-moved/")
    for view in ("robots", "stylesheet", "script", "favicon"):
        yield _address(view, view)
    yield _address("picture", "picture", "nosuchtoken", 320, "webp")


def _further(samples: SampleRows) -> Iterator[Address]:
    """Yield pages that a paper may have: the search page and the archive, of whatever arguments they take."""
    day = samples.middle.published_at
    for kind, text in list_searches(samples).items():
        with_text = _optional(f"search page, {kind}", "search", q=text)
        yield from with_text
    for view, args in (
        ("archive", ()),
        ("archive_year", (day.year,)),
        ("archive_month", (day.year, day.month)),
        ("archive_day", (day.year, day.month, day.day)),
        ("authors", ()),
        ("articles_feed", ()),
        ("article_names", ()),
    ):
        yield from _optional(view, view, *args)


def _optional(name: str, view: str, *args: object, **query: object) -> list[Address]:
    try:
        return [_address(name, view, *args, **query)]
    except NoReverseMatch:
        return []
