"""What the readers' templates say of quotes: the body with its quotes marked, who speaks in a story, words in marks."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from articles.composed import Composed, Link, QuoteSnapshot
from articles.models.page_urls import (
    keyed_address,
    keyed_addresses,
    numbered_address,
    numbered_addresses,
)
from articles.text.quotes import markup

register = template.Library()
INDIRECT = "indirect"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks in a story: where their page is (empty for who is not named), in what role then, how often.

    ``first`` leads to the first of their quotes: in the body, or its own page where the words are the reporter's.
    """

    name: str
    url: str
    role: str
    count: int
    first: str


@register.simple_tag
def article_body(story: Composed) -> SafeString:
    """Return the body of ``story`` with an element around the words of each quote; what is stored stays clean."""
    address = keyed_addresses("quote")
    marks = [
        markup.Mark(quote.key, speaker_and_role(quote), address(quote.key), quote.parts)
        for quote in story.quotes
        if quote.kind != INDIRECT
    ]
    return mark_safe(markup.with_quotes(story.body_html, marks))  # noqa: S308 - sanitised, and escaped there


@register.simple_tag
def speakers(story: Composed) -> list[Speaker]:
    """Return who speaks in ``story``, in the order of the text; one entry a person, organization or description."""
    groups: dict[tuple[int, int, str], list[QuoteSnapshot]] = {}
    for quote in story.quotes:
        person, organization = quote.person, quote.organization
        key = person.id if person else 0, organization.id if organization else 0, quote.unnamed
        groups.setdefault(key, []).append(quote)
    return [_speaker(quotes) for quotes in groups.values()]


def _speaker(quotes: list[QuoteSnapshot]) -> Speaker:
    marked = next((quote for quote in quotes if quote.kind != INDIRECT), None)
    return Speaker(
        name=quotes[0].speaker,
        url=speaker_url(quotes[0]),
        role=next((quote.role for quote in quotes if quote.role), ""),
        count=len(quotes),
        first=f"#quote-{marked.key}" if marked else keyed_address("quote", quotes[0].key),
    )


@register.simple_tag
def link_items(links: Iterable[Link], name: str) -> SafeString:
    """Return ``links`` as items of a list, each with its page ``name`` (person, organization, tag), its role.

    A template's loop does the same at ten times the cost, for each link of each story that is published.
    """
    if name == "tag":
        tag_address = keyed_addresses(name)
        items = [_item(link, tag_address(link.slug)) for link in links]
    else:
        address = numbered_addresses(name)
        items = [_item(link, address(link.id, link.slug)) for link in links]
    return mark_safe("".join(items))  # noqa: S308 - escaped there


def _item(link: Link, url: str) -> str:
    role = f' <span class="role">{escape(link.role)}</span>' if link.role else ""
    return f'<li><a href="{escape(url)}">{escape(link.name)}</a>{role}</li>\n'


@register.simple_tag
def people_not_quoted(story: Composed) -> list[object]:
    """Return the people whom ``story`` names or is about and who do not speak in it."""
    speaking = {quote.person.id for quote in story.quotes if quote.person}
    return [link for link in story.people if link.id not in speaking]


@register.simple_tag
def organizations_not_quoted(story: Composed) -> list[object]:
    """Return the organizations in ``story`` that do not speak in it themselves."""
    speaking = {quote.organization.id for quote in story.quotes if quote.organization}
    return [link for link in story.organizations if link.id not in speaking]


@register.simple_tag
def speaker_url(quote: QuoteSnapshot) -> str:
    """Return the page of who spoke, empty for who is not named."""
    if quote.person:
        return numbered_address("person", quote.person.id, quote.person.slug)
    if quote.organization:
        return numbered_address("organization", quote.organization.id, quote.organization.slug)
    return ""


@register.filter
def speaker_and_role(quote: QuoteSnapshot) -> str:
    """Return who spoke and as what: ``Nerys Callow, leader of the council``."""
    return f"{quote.speaker}, {quote.role}" if quote.role else quote.speaker


@register.filter
def in_marks(text: str, kind: str) -> str:
    """Return the words of a quote as lists print them."""
    return markup.add_quotation_marks(text, kind)
