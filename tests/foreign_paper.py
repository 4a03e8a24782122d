"""A paper all of whose own words are Cyrillic: each Latin word on its pages is one of the program's."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from html.parser import HTMLParser

from django.urls import reverse

from articles.models import (
    Author,
    Edition,
    Membership,
    Organization,
    Person,
    Quote,
    StatementLink,
    Tag,
)
from articles.publishing import correct, publish
from tests.factories import (
    make_article,
    make_live,
    make_live_many,
    make_live_quote,
    make_organization,
    make_person,
    make_quote,
    make_section,
    make_tag,
    make_withdrawn,
)

WORDS = "Мы заплатим за свою грязь, чего бы нам это ни стоило, сказал он"
ATTRIBUTES = {"alt", "aria-label", "placeholder", "title", "content", "data-copy", "data-copied"}
ATTRIBUTES |= {
    "data-selected",
    "data-quote",
    "data-theme-switch",
    "data-auto",
    "data-light",
    "data-dark",
}
SILENT = {"script", "style", "code"}
# Addresses, zones of time, what machines read in a meta element.
NOT_WORDS = re.compile(
    r"https?://\S+|\b(?:UTC|GMT)\b|width=device-width, initial-scale=1|light dark|noindex"
    r"|\d{4}-\d\d-\d\dT\S+|summary_large_image|^(?:article|profile|website)$"
)


@dataclass(frozen=True)
class ForeignPaper:
    """What the addresses of its pages are made of."""

    story: Edition
    withdrawn: Edition
    person: Person
    other: Person
    organization: Organization
    tag: Tag
    author: Author

    def paths(self) -> dict[str, int]:
        """Return an address for each state of each page, with the status that it answers."""
        quotes = [quote["key"] for quote in self.story.quotes]
        person, organization = self.person.get_absolute_url(), self.organization.get_absolute_url()
        far = "?from=1000000000000-1"
        pages = ["/", "/articles/", f"/articles/{far}", "/articles/?q=ничего", "/tags/", "/people/"]
        pages += ["/articles/?q=а+б+в+г+д+е+ж+з+и", f"/articles/?tag={self.tag.slug}&q=ничего"]
        pages += [
            "/articles/?after=2020-01-01&before=2030-01-01",
            "/organizations/",
            "/corrections/",
        ]
        pages += [self.story.get_absolute_url(), f"{self.story.get_absolute_url()}changes/"]
        pages += [self.tag.get_absolute_url(), self.author.get_absolute_url(), "/quotes/"]
        pages += [
            "/quotes/?q=ничего",
            f"/quotes/{far}",
            f"/corrections/{far}",
            *self._of_quotes(quotes),
        ]
        pages += [person, f"{person}?year=2016&tag={self.tag.slug}", f"{person}{far}", organization]
        pages += ["/search/", "/search/?q=ничего", "/search/?q=-ничего", "/search/?q=Фезерстонхо"]
        pages += ["/search/?q=Фезерстонхо+смотрел", "/search/?q=смотрел&sort=newest"]
        pages += ["/search/?q=смотрель", "/search/?q=порт&page=9", "/search/?q=а+б+в+г+д+е+ж+з+и"]
        pages += ["/people/compare/", f"/people/compare/?person={self.person.pk}"]
        pages += [f"/people/compare/?person={self.person.pk}&person={self.other.pk}"]
        pages += [
            f"/people/compare/?person={self.person.pk}&person={self.other.pk}&tag={self.tag.slug}"
        ]
        unread = ["/search/?q=порт&sort=я", f"/search/?q={'я' * 201}"]
        unread += ["/articles/?after=x", "/articles/?after=2027-01-01&before=2026-01-01"]
        unread += ["/articles/?tag=никто&section=никто", "/quotes/?person=99999&organization=99999"]
        unread += ["/articles/?" + "&".join(f"tag=t{n}" for n in range(6)), f"{person}?year=x"]
        unread += [
            "/people/compare/?person=1&person=1",
            "/people/compare/?person=a",
            "/articles/?q=%00",
        ]
        unread = unread[:-1]
        withdrawn = [reverse("article", args=[self.withdrawn.article_id])]
        return {
            **dict.fromkeys(pages, 200),
            **dict.fromkeys(unread, 400),
            **dict.fromkeys(withdrawn, 410),
            "/nothing/": 404,
        }

    def _of_quotes(self, keys: list[str]) -> list[str]:
        linked = Quote.objects.filter(person=self.person).values_list("quote_key", flat=True)
        return [f"/quotes/{key}/" for key in dict.fromkeys([*keys, *linked])]


def make_foreign_paper() -> ForeignPaper:
    """Fill a paper with everything that its pages can show."""
    section, tag = make_section("Порт", slug="port"), make_tag("Грязь", slug="gryaz")
    make_tag("Причал", slug="prichal", kind="place")
    person = make_person(
        "Максимилиана Фезерстонхо",
        biography="Родилась здесь.",
        is_confirmed=True,
        is_biography_public=True,
    )
    other, guest = make_person("Анна Вебб"), make_person("Пётр Гость")
    organization = make_organization(
        "Управление порта",
        kind="government",
        description="Смотрит за портом.",
        is_confirmed=True,
        is_description_public=True,
    )
    for start, end in (("2014", "2016-03"), ("2016-04-02", ""), ("", "2012")):
        Membership.objects.create(
            person=person,
            organization=organization,
            role="председатель",
            start_date=start,
            end_date=end,
            is_confirmed=True,
            is_public=True,
        )
    often = {"tags": (tag, section), "people": (person, other), "organizations": (organization,)}
    for number in range(12):
        make_live_quote(
            f"Номер {number}: никто на это не смотрел.",
            person=person,
            on_behalf_of=organization,
            fields={
                "headline": f"Порт {number}",
                "body_html": f"<p>Совет. “Номер {number}: никто на это не смотрел.” И дождь.</p>",
                "published_at": datetime(2014 + number, 3, 1, tzinfo=UTC),
                **often,
            },
        )
    linked_story = {
        "headline": "Порт и грязь",
        "body_html": f"<p>Совет. “{WORDS}” И дождь.</p>",
        **often,
    }
    links = [
        make_live_quote(WORDS, person=speaker, fields=linked_story)
        for speaker in (person, person, other)
    ]
    first, *later = [edition.quotes[0]["key"] for edition in links]
    for key, kind in zip(later, ("withdraws", "contradicts"), strict=True):
        StatementLink.objects.create(kind=kind, later=key, earlier=first)
    make_live_many(25, headline="Новости порта", body_html="<p>Коротко.</p>", tags=(section,))
    make_live(headline="Прилив", body_html="<p>Высокий.</p>", bylines=("Нора Лис",), tags=(tag,))
    return ForeignPaper(
        story=_make_story(person, guest, organization, (section, tag)),
        withdrawn=make_withdrawn("Мы ошиблись.", headline="Ошибка", body_html="<p>Нет.</p>"),
        person=person,
        other=other,
        organization=organization,
        tag=tag,
        author=Author.objects.get(name="Нора Лис"),
    )


def _make_story(
    person: Person, guest: Person, organization: Organization, tags: tuple[Tag, ...]
) -> Edition:
    """Publish, update and correct the story that shows most."""
    article = make_article(
        headline="Порт снова углубят",
        dek="Совет решил.",
        kicker="Порт",
        dateline="ОЛДЕРМУТ",
        body_html=f"<p>Совет собрался. «{WORDS}», и пошёл дождь.</p>\n<p>Второй абзац.</p>\n<p>Третий.</p>",
        bylines=("Нора Лис", "Юна Трег"),
        tags=tags,
        people=(person, guest),
        organizations=(organization,),
    )
    make_quote(
        article,
        WORDS,
        person=person,
        said_how="interview",
        said_where="в порту",
        source_url="https://example.org/",
        locator="3:14",
        is_translated=True,
    )
    make_quote(article, "Совет собрался", unnamed="прохожий", kind="indirect")
    publish(article, by=None)
    for weight in ("clarification", "serious"):
        edition = correct(article, by=None, wrong="Было 18.", right="Их 8.", weight=weight)
    return edition


class _Texts(HTMLParser):
    """Collects what people see or hear of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in SILENT
        self.texts += [value for name, value in attrs if name in ATTRIBUTES and value]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.texts.append(data)


def latin_words(html: str) -> set[str]:
    """Return the texts of ``html`` in which a Latin word stands, two letters or more, without any accent."""
    parser = _Texts()
    parser.feed(html)
    texts = {" ".join(text.split()) for text in parser.texts}
    return {text for text in texts if re.search(r"[A-Za-z]{2}", NOT_WORDS.sub("", text))}
