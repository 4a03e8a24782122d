"""Every public address, with what each kind of unseen row would have there."""

from collections.abc import Callable
from datetime import date, timedelta

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from tests.secret import Secret


def days() -> list[date]:
    """Give the days around now, whatever the zone: of what is published in a test, and of what is scheduled."""
    return [timezone.localdate() + timedelta(days=number) for number in (-1, 0, 1)]


# Who looks for a name is led by every name that readers may know; these doors ask the table of other names for it.
BY_NAME = ("/search/", "/articles/names/", "/articles/?name=")
NAMES = ("leakta", "leaksec", "pau", "leakbo", "deadn")  # typed by who would find out

Paths = Callable[[Secret], list[str]]
ENDPOINTS: dict[str, Paths] = {
    "home": lambda s: ["/"],
    "articles": lambda s: [
        "/articles/",
        f"/articles/?tag={s.tag.slug}",
        f"/articles/?section={s.section.slug}",
        f"/articles/?person={s.person.pk}",
        f"/articles/?organization={s.organization.pk}",
        "/articles/?q=All+about",
        "/articles/?q=uixotical",
        f"/articles/?without={s.tag.slug}",
        f"/articles/?without_person={s.person.pk}&sort=oldest",
        "/articles/?q=story&sort=relevance",
        *(f"/articles/?name={word}" for word in NAMES),
    ],
    "articles_feed": lambda s: [
        "/articles/feed/",
        f"/articles/feed/?tag={s.tag.slug}",
        "/articles/feed/?q=uixotical",
    ],
    "article_names": lambda s: [f"/articles/names/?q={word}" for word in NAMES],
    "article": lambda s: [
        f"/articles/{s.article.pk}/zephyrine-plans-leaked/",
        f"/articles/{s.article.pk}/x/",
        f"/articles/{s.article.pk}/",
    ],
    "article_history": lambda s: [
        f"/articles/{s.article.pk}/zephyrine-plans-leaked/changes/",
        f"/articles/{s.article.pk}/x/changes/",
    ],
    "archive": lambda s: ["/archive/"],
    "archive_year": lambda s: [f"/archive/{day:%Y}/" for day in days()],
    "archive_month": lambda s: [f"/archive/{day:%Y/%m}/" for day in days()],
    "archive_day": lambda s: [f"/archive/{day:%Y/%m/%d}/" for day in days()],
    "tags": lambda s: ["/tags/"],
    "tag": lambda s: [f"/tags/{s.tag.slug}/", f"/tags/{s.section.slug}/"],
    "tag_feed": lambda s: [f"/tags/{s.tag.slug}/feed/"],
    "people": lambda s: ["/people/"],
    "person": lambda s: [
        f"/people/{s.person.pk}/{end}"
        for end in ("person-x/", "x/", "person-x/?tag=tag-x", "person-x/?year=2026")
    ],
    "compare": lambda s: [
        "/people/compare/",
        f"/people/compare/?tag={s.tag.slug}",
        f"/people/compare/?person={s.person.pk}",
        f"/people/compare/?person={s.person.pk}&person={s.person.pk + 1}&tag={s.tag.slug}",
    ],
    "person_feed": lambda s: [f"/people/{s.person.pk}/{s.person.slug}/feed/"],
    "organizations": lambda s: ["/organizations/"],
    "organization": lambda s: [
        f"/organizations/{s.organization.pk}/{s.organization.slug}/{query}"
        for query in ("", "?tag=tag-x", "?year=2026")
    ],
    "organization_feed": lambda s: [
        f"/organizations/{s.organization.pk}/{s.organization.slug}/feed/"
    ],
    "author": lambda s: [f"/authors/{s.author.pk}/authorella-penn/", f"/authors/{s.author.pk}/"],
    "author_feed": lambda s: [
        f"/authors/{s.author.pk}/authorella-penn/feed/",
        f"/authors/{s.author.pk}/x/feed/",
    ],
    "quotes": lambda s: [
        "/quotes/",
        f"/quotes/?tag={s.tag.slug}",
        f"/quotes/?person={s.person.pk}",
        f"/quotes/?organization={s.organization.pk}",
        "/quotes/?q=angerine",
    ],
    "search": lambda s: [  # each word of the secret: tests/public/views/search/test_page_leaks.py
        "/search/",
        "/search/?q=uixotical",
        "/search/?q=quixotical&sort=newest",
        "/search/?q=paula+promis",
    ],
    "quote": lambda s: [f"/quotes/{quote.quote_key}/" for quote in s.quotes],
    "quotes_feed": lambda s: ["/quotes/feed/"],
    "corrections": lambda s: ["/corrections/"],
    "feed": lambda s: ["/feed/"],
    "sitemap": lambda s: ["/sitemap.xml"],
    "sitemap_section": lambda s: [
        f"/sitemap-{kind}-{number}.xml"
        for kind in ("articles", "tags", "people", "organizations", "authors", "quotes")
        for number in (0, 1)
    ],
    "robots": lambda s: ["/robots.txt"],
    "stylesheet": lambda s: ["/paper.css"],
    "script": lambda s: ["/paper.js"],
    "favicon": lambda s: ["/favicon.svg"],
    "picture": lambda s: [f"/media/{s.image.token}/640.jpeg"],
}


def rss_of(paths: Paths) -> Paths:
    """Return the addresses of the same feeds as RSS."""
    return lambda secret: [f"{path}rss/" for path in paths(secret)]


ENDPOINTS |= {f"{name}_rss": rss_of(ENDPOINTS[name]) for name in list(ENDPOINTS) if "feed" in name}


def every_endpoint(secret: Secret) -> list[str]:
    paths = [path for paths in ENDPOINTS.values() for path in paths(secret)]
    return [*paths, "/nothing/here/"]


def public_names() -> set[str]:
    """Collect the names of all addresses but the admin's and the health checks'."""
    names: set[str] = set()

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> None:
        for entry in patterns:
            path = prefix + str(entry.pattern)
            if path.startswith(("admin/", "healthz", "readyz")):
                continue
            if isinstance(entry, URLResolver):
                walk(entry.url_patterns, path)
            else:
                names.add(entry.name or path)

    walk(get_resolver().url_patterns, "")
    return names
