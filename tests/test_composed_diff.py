"""Two compositions that differ never give an equal or an empty difference, whatever the field."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from articles.composed import Composed, CorrectionNote, Credit, Link, Picture, QuoteSnapshot
from articles.composed_diff import diff_composed

DERIVED = {"article_id", "body_text", "modified_at"}
PICTURE = Picture(7, "token", 800, 600, (400, 800), "A ferry", "The ferry", "Frost")
STORY = Composed(
    article_id=1,
    headline="Ferry runs again",
    kicker="Harbour",
    dek="After a week.",
    dateline="OSTBY",
    credit="Coast Wire",
    usage_terms="Not for sale",
    slug="ferry",
    body_html="<p>The ferry runs.</p>",
    body_text="The ferry runs.",
    bylines=(Credit("Ann Frost", "", 3),),
    published_at=datetime(2026, 3, 1, 8, tzinfo=UTC),
    tags=(Link(4, "Harbour", "harbour", "section"),),
    people=(Link(5, "Ben Gale", "ben-gale", role="harbour master"),),
    organizations=(Link(6, "Port of Sund", "port", "company"),),
    quotes=(QuoteSnapshot("k1", "runs", "direct", ((10, 14),), Link(5, "Ben Gale", "ben-gale")),),
    picture=PICTURE,
    corrections=(CorrectionNote(datetime(2026, 3, 2, tzinfo=UTC), "We said ten.", "It was two.", "minor"),),
)  # fmt: skip
[QUOTE], [TAG], [PERSON], [NOTE] = STORY.quotes, STORY.tags, STORY.people, STORY.corrections
CHANGES: list[dict[str, Any]] = [
    {"headline": "Ferry stops again"},
    {"kicker": ""},
    {"dek": "After a month."},
    {"dateline": "SUND"},
    {"credit": "Harbour Press"},
    {"usage_terms": ""},
    {"slug": "ferry-again"},
    {"language": "de"},
    {"body_html": "<p>The <em>ferry</em> runs.</p>"},
    {"bylines": (Credit("Ann Frost", "Photographs", 3),)},
    {"bylines": (Credit("Ann Frost", "", 9),)},
    {"published_at": datetime(2026, 3, 1, 9, tzinfo=UTC)},
    {"date_precision": "day"},
    {"tags": ()},
    {"tags": (replace(TAG, kind="topic"),)},
    {"people": (replace(PERSON, id=50),)},
    {"people": (replace(PERSON, role="pilot"),)},
    {"organizations": ()},
    {"quotes": (replace(QUOTE, role="pilot"),)},
    {"quotes": (replace(QUOTE, person=None, unnamed="an official"),)},
    {"quotes": (replace(QUOTE, parts=((11, 14),)),)},
    {"picture": None},
    {"picture": replace(PICTURE, alt="A boat")},
    {"picture": replace(PICTURE, caption="A boat")},
    {"picture": replace(PICTURE, credit="Gale")},
    {"picture": replace(PICTURE, widths=(400,))},
    {"corrections": ()},
    {"corrections": (replace(NOTE, weight="major"),)},
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: "-".join(change))
def test_each_change_is_seen(change):
    changes = diff_composed(STORY, replace(STORY, **change))
    assert changes
    assert all(any(passage.is_changed for passage in item.passages) for item in changes)


def test_every_field_that_readers_get_is_compared():
    assert {name for change in CHANGES for name in change} == {
        field.name for field in fields(Composed)
    } - DERIVED


def test_different_changes_give_different_differences():
    differences = [str(diff_composed(STORY, replace(STORY, **change))) for change in CHANGES]
    assert len(set(differences)) == len(CHANGES)


def test_the_same_composition_gives_nothing():
    assert diff_composed(STORY, replace(STORY)) == []


def test_only_the_fields_that_are_asked_for_are_compared():
    other = replace(STORY, headline="Ferry stops", dek="")
    assert [change.name for change in diff_composed(STORY, other, ["dek"])] == ["dek"]
    assert [change.name for change in diff_composed(STORY, other)] == ["headline", "dek"]
