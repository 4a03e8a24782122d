"""What a search leads to where it finds nothing, or asks for nothing yet: people, tags and the newest stories."""

from collections import Counter
from dataclasses import dataclass

from articles.models.edition_links import EditionPerson, EditionTag
from articles.models.editions import Edition
from articles.models.page_urls import keyed_addresses, numbered_addresses
from articles.public.views.pagination import StoryPage, read_page

LINKS_READ = 200  # newest links of stories to people, and to tags
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
    people = EditionPerson.objects.listed().newest()
    people_rows = people.values_list("person_id", "person__name", "person__slug")[:LINKS_READ]
    tag_rows = EditionTag.objects.listed().newest().values_list("tag__name", "tag__slug")
    return Offers(
        tuple(
            Offer(name, person(pk, slug))
            for (pk, name, slug), _ in Counter(people_rows).most_common(MOST_PEOPLE)
        ),
        tuple(
            Offer(name, tag(slug))
            for (name, slug), _ in Counter(tag_rows[:LINKS_READ]).most_common(MOST_TAGS)
        ),
        read_page(Edition.objects.listed().newest(), size=STORIES),
    )
