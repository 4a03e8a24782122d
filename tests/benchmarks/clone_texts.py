"""What a clone has in each column that holds more than its own keys and times."""

from collections.abc import Mapping, Sequence

from django.db import models

from articles.models import (
    Article,
    ArticleSearch,
    Byline,
    Correction,
    Edition,
    EditionAuthor,
    EditionOrganization,
    EditionPerson,
    EditionQuote,
    EditionSearch,
    EditionTag,
    Quote,
    QuotePart,
    Revision,
)

from .stories import OWN_PERSON, OWN_TAG, TAIL

GIVEN_NAME, FAMILY_NAME = OWN_PERSON.lower().split()
PERSON_KEY, TAG_KEY = "810001", "820001"
# (what stands in a text, SQL of what comes there), of the row ``c`` of ``clone``; numbers of rows come first.
Replacements = Sequence[tuple[str, str]]
TAILS: Replacements = [(f"'{' '.join(TAIL)}'", "c.tail")]
TAIL_WORDS: Replacements = [(f"'''{name}'''", f"'''' || c.{name[2:]} || ''''") for name in TAIL]
NUMBER: Replacements = [("c.old_number", "c.new_number")]
PERSON: Replacements = [
    (f"'{PERSON_KEY}'", "c.person_key"),
    (f"'{OWN_PERSON}'", "c.person_name"),
    (f"'{OWN_PERSON.lower().replace(' ', '-')}'", "c.person_slug"),
]
TAG: Replacements = [(f"'{TAG_KEY}'", "c.tag_key"), (f"'{OWN_TAG}'", "c.tag_name")]
NAMES: Replacements = [(f"'{GIVEN_NAME}'", "c.given_name"), (f"'{FAMILY_NAME}'", "c.family_name")]
DAYS: Replacements = [
    (f"c.old_{kind}_{form}", f"c.new_{kind}_{form}")
    for kind in ("day", "today")
    for form in ("iso", "words")
]
ISO_DAYS: Replacements = [DAYS[0], DAYS[2]]
ADDRESS: Replacements = [("c.old_address", "c.new_address")]
LABELS: Replacements = [
    *PERSON[:1],
    *TAG[:1],
    ("c.old_year", "c.new_year"),
    ("c.old_month", "c.new_month"),
]
TEXTS: Mapping[type[models.Model], Mapping[str, Replacements]] = {
    Article: {"body_html": [*TAILS, *NUMBER]},
    Revision: {"snapshot": [*PERSON[:1], *TAG[:1], *TAILS, *NUMBER, *ISO_DAYS]},
    Edition: {
        "body_html": [*TAILS, *NUMBER],
        "body_text": [*TAILS, *NUMBER],
        "tags": TAG,
        "people": PERSON,
        "quotes": [*PERSON, *NUMBER],
        "corrections": ISO_DAYS,
        "card_html": [*DAYS, *ADDRESS],
        "page_html": [*PERSON, *TAG, *TAILS, *NUMBER, *DAYS, *ADDRESS],
    },
    Quote: {"quote_key": NUMBER, "text": NUMBER},
    QuotePart: {"text": NUMBER},
    EditionQuote: {"quote_key": NUMBER, "text": NUMBER},
    EditionSearch: {
        "details": [*NAMES, *TAG[1:]],
        "body": [*TAILS, *NUMBER],
        "labels": LABELS,
        "vector": [*LABELS, *NAMES, *TAG[1:], *TAIL_WORDS, *NUMBER],
    },
    ArticleSearch: {
        "body": [*TAILS, *NUMBER],
        "labels": [*PERSON[:1], *TAG[:1]],
        "vector": [*PERSON[:1], *TAG[:1], *TAIL_WORDS, *NUMBER],
    },
}
BY_ARTICLE = "JOIN clone c ON c.template = t.article_id"
BY_EDITION = (
    "JOIN articles_edition e ON e.id = t.edition_id JOIN clone c ON c.template = e.article_id"
)
BY_QUOTE = "JOIN articles_quote q ON q.id = t.quote_id JOIN clone c ON c.template = q.article_id"
TABLES: Mapping[type[models.Model], str] = {
    Article: "JOIN clone c ON c.template = t.id",
    Revision: BY_ARTICLE,
    Byline: BY_ARTICLE,
    Article.tags.through: BY_ARTICLE,
    Article.people.through: BY_ARTICLE,
    Article.organizations.through: BY_ARTICLE,
    ArticleSearch: f"JOIN articles_article a ON a.id = t.article_id {BY_ARTICLE}",
    Quote: BY_ARTICLE,
    QuotePart: BY_QUOTE,
    Edition: BY_ARTICLE,
    Correction: BY_EDITION,
    EditionTag: BY_EDITION,
    EditionPerson: BY_EDITION,
    EditionOrganization: BY_EDITION,
    EditionAuthor: BY_EDITION,
    EditionQuote: BY_EDITION,
    EditionSearch: BY_EDITION,
}
