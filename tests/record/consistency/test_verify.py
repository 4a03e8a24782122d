"""Words that are not at their places, and quotes that break a rule of their own, wherever they came from."""

import pytest

from articles.models import Edition, Quote, QuotePart
from articles.publishing import publish
from articles.record.consistency.verify import (
    CHECKS,
    invalid_quote_issues,
    outdated_issues,
    verbatim_issues,
)
from tests.factories import make_article, make_person, make_quote
from tests.management.commands.test_check_record import check

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"kind": "rumour"}, "kind", "Choose whether it is"),
        ({"unnamed_reason": " "}, "unnamed_reason", "Say why the source is not named."),
        ({"role": "deputy"}, "role", "A source who is not named has no role"),
        ({"original_language": "fr"}, "original_language", "Tick “translated” too"),
    ],
)
def test_a_quote_that_no_door_would_store_is_found(capsys, fields, field, sentence):
    story = make_article(body_html="<p>“We counted every pile.” It rained.</p>")
    quote = make_quote(story, "We counted every pile.", unnamed="a neighbour")
    Quote.objects.update(**fields)
    status, output = check(capsys, "--only", "quotes")
    assert status == 1
    assert f"quotes: article {story.pk}, quote {quote.quote_key}, {field}: " in output
    assert sentence in output
    assert "Found: quotes 1." in output


SPLIT = "<p>“The quay holds,” she said. “For now.” It rained.</p>"


@pytest.fixture
def quote() -> Quote:
    """A split quote of a live story, beside another one."""
    story = make_article(body_html=SPLIT)
    make_quote(story, "It rained.")
    quote = make_quote(story, "The quay holds, … For now.", person=make_person("Ada Lund"))
    publish(story, by=None)
    return quote


def verbatim() -> list[tuple[str, str]]:
    """Return field and quote of each issue."""
    return [(issue.field, issue.key) for issue in verbatim_issues()]


def test_words_at_their_places_are_no_issue(quote):
    assert verbatim() == []
    assert [issue for check in CHECKS.values() for issue in check()] == []


def test_each_part_stands_at_its_own_place(quote):
    part = quote.parts.get(ordinal=1)
    QuotePart.objects.filter(pk=part.pk).update(start=part.start + 1)
    (issue,) = verbatim_issues()
    assert (issue.field, issue.key, issue.article) == (
        "part 1",
        quote.quote_key,
        quote.article_id,
    )
    assert issue.message == f"“For now.” is not at {part.start + 1} to {part.end}: “or now.”."


def test_the_whole_is_its_parts_joined(quote):
    Quote.objects.filter(pk=quote.pk).update(text="The quay holds, For now.")
    assert verbatim() == [("text", quote.quote_key)]
    QuotePart.objects.filter(quote=quote).delete()
    assert verbatim() == [], "without any part it is dangling instead"


def test_parts_may_touch_and_do_not_overlap(quote):
    first, second = quote.parts.all()
    for end, is_right in ((second.start, True), (second.start + 1, False)):
        body = "“The quay holds,” she said. “For now.” It rained."
        QuotePart.objects.filter(pk=first.pk).update(end=end, text=body[first.start : end])
        whole = f"{body[first.start : end]} … For now."
        Quote.objects.filter(pk=quote.pk).update(text=whole)
        assert verbatim() == ([] if is_right else [("parts", quote.quote_key)])


def test_two_quotes_have_no_place_together_unless_one_of_them_waits(quote):
    other = make_quote(quote.article, "For now.", unnamed="a diver")
    (issue,) = verbatim_issues()
    assert (issue.key, issue.field) == (quote.quote_key, "part 1")
    assert issue.message == "“For now.” is a quote of a diver too, at the same place."
    Quote.objects.filter(pk=other.pk).update(state="detached")
    assert verbatim() == []


def test_an_edition_is_held_against_its_own_text_unless_its_story_is_spiked(quote):
    edition = Edition.objects.get()
    Edition.objects.update(body_text=edition.body_text.replace("now", "you"))
    assert verbatim() == [("edition 1", quote.quote_key)]
    quote.article.trashed_at = quote.confirmed_at
    quote.article.save()
    assert verbatim() == []


def test_a_name_that_was_right_in_its_time_is_told_and_is_no_error(quote):
    person = quote.person
    person.name = "Ada Berg"
    person.save()
    (issue,) = outdated_issues()
    assert (issue.is_error, issue.article, issue.remedy) == (
        True,
        quote.article_id,
        "Correct the story.",
    )
    person.other_names.create(name="Ada Lund", kind="former")
    (issue,) = outdated_issues()
    assert issue.is_error is False
    assert str(issue).startswith(f"stale: article {quote.article_id}, ")


def test_each_quote_is_asked_what_is_wrong_with_it(quote):
    assert list(invalid_quote_issues()) == []
    Quote.objects.filter(pk=quote.pk).update(original_language="fr")
    (issue,) = invalid_quote_issues()
    assert (issue.field, issue.key) == ("original_language", quote.quote_key)
    assert str(issue).startswith(
        f"quotes: article {quote.article_id}, quote {quote.quote_key}, original_language: "
    )
