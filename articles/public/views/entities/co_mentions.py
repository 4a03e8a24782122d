"""With whom, and under which subjects, somebody stands in the paper's stories."""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, F, Value

from articles.models.edition_links import LINKS
from articles.models.organizations import Organization
from articles.models.page_urls import keyed_addresses, numbered_addresses
from articles.models.people import Person

STORIES = 200  # the newest: what was long ago is found by the filters
MOST_SHOWN, MOST_TAGS = 8, 30
KINDS = ("person", "organization", "tag")


@dataclass(frozen=True, slots=True)
class CoMention:
    """Somebody or something in the same stories: ``story_count`` of the newest of them."""

    pk: int
    name: str
    slug: str
    url: str
    story_count: int


@dataclass(frozen=True, slots=True)
class CoMentions:
    """Who and what else stands in somebody's newest stories, the most frequent first."""

    people: tuple[CoMention, ...] = ()
    organizations: tuple[CoMention, ...] = ()
    tags: tuple[CoMention, ...] = ()


def read_co_mentions(target: Person | Organization) -> CoMentions:
    """Read who and what else the newest listed stories of ``target`` link: one query, bounded by their number.

    Whom a listed story links has a page, so nothing is asked of whom it finds.
    """
    name = str(target._meta.model_name)
    links = LINKS[name].objects.listed().filter(**{name: target}).newest()
    newest = links.values("edition_id")[:STORIES]
    people, organizations, tags = (_count_links(kind, newest) for kind in KINDS)
    co_mentions: dict[str, list[CoMention]] = {kind: [] for kind in KINDS}
    tag_address = keyed_addresses("tag")
    addresses = {kind: numbered_addresses(kind) for kind in KINDS if kind != "tag"}
    for kind, pk, label, slug, count in people.union(organizations, tags, all=True):
        if (kind, pk) != (name, target.pk):
            url = tag_address(slug) if kind == "tag" else addresses[kind](pk, slug)
            co_mentions[kind].append(CoMention(pk, label, slug, url, count))
    return CoMentions(
        _most_frequent(co_mentions["person"], MOST_SHOWN),
        _most_frequent(co_mentions["organization"], MOST_SHOWN),
        _most_frequent(co_mentions["tag"], MOST_TAGS),
    )


def _count_links(kind: str, editions: Any) -> Any:
    """Return what ``editions`` (a query of their keys) link of ``kind``: kind, row, name, slug, how many stories."""
    rows = LINKS[kind].objects.filter(edition__in=editions).order_by()
    named = rows.annotate(
        what=Value(kind, CharField()), row=F(f"{kind}_id"), label=F(f"{kind}__name")
    )
    columns = ("what", "row", "label", f"{kind}__slug")
    return named.values_list(*columns).annotate(stories=Count("pk"))


def _most_frequent(co_mentions: list[CoMention], most: int) -> tuple[CoMention, ...]:
    """Return the most frequent of ``co_mentions``, those of one count by name."""
    return tuple(
        sorted(co_mentions, key=lambda co_mention: (-co_mention.story_count, co_mention.name))[
            :most
        ]
    )
