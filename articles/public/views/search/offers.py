"""What a search leads to where it finds nothing, or asks for nothing yet: people, tags and the newest stories."""

from dataclasses import dataclass

from articles.models.editions import Edition
from articles.models.link_counts import count_links
from articles.models.page_urls import keyed_addresses, numbered_addresses
from articles.public.views.pagination import StoryPage, read_page

STORIES_READ = 100  # newest ones, whose people and tags are counted
TAG_KINDS = ("section", "tag")
MOST_PEOPLE, MOST_TAGS, STORIES = 12, 16, 5


@dataclass(frozen=True, slots=True)
class Offer:
    """A person or a tag with the address of the page."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Offers:
    """Who and what the newest stories are about, the most frequent first, and the newest of them."""

    people: tuple[Offer, ...]
    tags: tuple[Offer, ...]
    stories: StoryPage


def read_offers() -> Offers:
    """Read what is offered: three queries."""
    person, tag = numbered_addresses("person"), keyed_addresses("tag")
    newest = Edition.objects.listed().newest()
    links = count_links(newest.values_list("pk", flat=True)[:STORIES_READ], MOST_TAGS)
    tags = sorted((link for link in links if link.kind in TAG_KINDS), key=lambda link: -link.count)
    return Offers(
        people=tuple(
            Offer(link.name, person(link.key, link.slug)) for link in links if link.kind == "person"
        )[:MOST_PEOPLE],
        tags=tuple(Offer(link.name, tag(link.slug)) for link in tags[:MOST_TAGS]),
        stories=read_page(newest, size=STORIES),
    )
