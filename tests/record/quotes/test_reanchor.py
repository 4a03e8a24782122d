"""The record follows the text; what no longer stands in it blocks publishing and is never shown."""

from typing import Any

import pytest

from articles.models import Quote, QuotePart
from articles.publishing import NotPublishable, compose, publish, publish_warnings
from articles.record import (
    DecisionError,
    SpeakerChoice,
    accept_suggestion,
    add_quote_by_hand,
    find_quote_spans,
    reattach_quote,
    reject_suggestion,
    sync_record,
)
from articles.record.quotes.reanchor import refresh_suggestions
from articles.text.html.plain import plain_text
from tests.factories import make_article

NEW = SpeakerChoice("new-person", name="Ada Lund")


def save(article, old: str, new: str) -> list[str]:
    assert old in article.body_html
    article.body_html = article.body_html.replace(old, new)
    article.save()
    return sync_record(article, by=None)


def composed(article):
    return compose(type(article).objects.with_everything().get(pk=article.pk))


@pytest.fixture
def quote(find_suggestion, editor) -> Quote:
    accepted: Any = accept_suggestion(find_suggestion("We looked"), by=editor, choice=NEW)
    return accepted


def test_an_edit_elsewhere_moves_a_quote_along(story, quote):
    key = quote.quote_key
    assert save(story, "The mayor", "On a wet Monday 😀 the <em>mayor</em>") == []
    snapshot = composed(story)
    assert [quote_snapshot.key for quote_snapshot in snapshot.quotes] == [key]
    text = snapshot.body_text
    parts = [text[start:end] for start, end in snapshot.quotes[0].parts]
    assert parts == ["We looked at every pile of it,", "Nothing there will hold another winter."]


def test_words_that_go_are_told_block_publishing_and_show_nowhere(story, quote):
    notes = save(story, "every pile", "every pillar")
    assert "no longer in the text" in notes[0]
    quote.refresh_from_db()
    assert quote.state == "detached"
    assert composed(story).quotes == ()
    with pytest.raises(NotPublishable, match="A quote of Ada Lund is on record whose words"):
        publish(story, by=None)


def test_words_that_come_back_are_confirmed_again(story, quote):
    save(story, "every pile", "every pillar")
    assert save(story, "every pillar", "every pile") == []
    quote.refresh_from_db()
    assert quote.state == "confirmed"
    assert publish(story, by=None).quotes[0]["key"] == quote.quote_key


def test_a_save_past_the_record_is_caught_when_publishing(story, quote):
    type(story).objects.update(body_html="<p>Something else altogether.</p>")
    story.refresh_from_db()
    assert composed(story).quotes == ()
    with pytest.raises(NotPublishable, match="no longer in the text"):
        publish(story, by=None)


def test_a_detached_quote_can_take_the_words_that_stand_there_now(story, quote, editor):
    save(story, "every pile", "every pillar")
    with pytest.raises(DecisionError, match="do not stand"):
        reattach_quote(quote, "“We looked at every pile of it,”", by=editor)
    reattach_quote(
        quote,
        "“We looked at every pillar of it,” … “Nothing there will hold another winter.”",
        by=editor,
    )
    snapshot = composed(story).quotes
    assert [
        (quote_snapshot.key, quote_snapshot.text.split(",")[0]) for quote_snapshot in snapshot
    ] == [(quote.quote_key, "We looked at every pillar of it")]


def test_a_rejected_find_is_not_asked_again(story, find_suggestion, editor):
    reject_suggestion(find_suggestion("Tides"), by=editor)
    save(story, "The mayor", "On Monday the mayor")
    assert find_suggestion("Tides").state == "rejected"
    assert story.suggestions.filter(found__text="Tides of the North").count() == 1


def test_what_is_open_is_found_anew(story, find_suggestion):
    save(story, "<p>“It was always going to end like this,” a senior official said.</p>", "")
    with pytest.raises(LookupError):
        find_suggestion("It was always")
    save(story, "Tides of the North", "Tides of the South")
    assert find_suggestion("Tides of the South").state == "open"


def test_what_is_on_record_by_hand_is_not_asked_about(story, editor):
    words = "I would not park a bicycle on it."
    spans = find_quote_spans(plain_text(story.body_html), f"“{words}”")
    add_quote_by_hand(
        story,
        spans,
        SpeakerChoice("new-person", name="Tomas Reve"),
        kind="direct",
        role="",
        by=editor,
    )
    story.suggestions.all().delete()
    sync_record(story, by=None)
    assert not story.suggestions.filter(found__text=words).exists()


def test_nobody_says_the_same_words_twice(story, quote, editor):
    choice, part = SpeakerChoice("person", quote.person_id), quote.parts.first()
    for spans in ([(part.start + 3, part.end + 9)], [(part.start - 2, part.start + 1)]):
        with pytest.raises(DecisionError, match="on record already"):
            add_quote_by_hand(story, spans, choice, kind="direct", role="", by=editor)
    assert Quote.objects.count() == 1


@pytest.mark.parametrize("spans", [[], [(0, 99999)], [(7, 7)], [(-1, 4)]])
def test_words_that_are_none_are_refused(story, editor, spans):
    choice = SpeakerChoice("new-person", name="Tomas Reve")
    with pytest.raises(DecisionError):
        add_quote_by_hand(story, spans, choice, kind="direct", role="", by=editor)
    assert not Quote.objects.exists()


def test_words_that_stand_twice_are_asked_about():
    text = "“No,” said one. “No,” said the other."
    with pytest.raises(DecisionError, match="stand 2 times"):
        find_quote_spans(text, "“No,”")
    assert find_quote_spans(text, "No,", 2) == [(17, 20)]
    with pytest.raises(DecisionError, match="only 2 times"):
        find_quote_spans(text, "No,", 3)


def test_accepted_names_move_along_and_a_name_that_goes_is_no_longer_said(
    story, find_suggestion, editor
):
    accept_suggestion(
        find_suggestion("Tomas Reve"),
        by=editor,
        choice=SpeakerChoice("new-person", name="Tomas Reve"),
    )
    save(story, "The mayor", "On Monday the mayor")
    text = plain_text(story.body_html)
    (start, end) = story.mentions.get().spans[0]
    assert text[start:end] == "Tomas Reve"
    assert [link.name for link in composed(story).people] == ["Tomas Reve"]
    save(story, "Tomas Reve", "Somebody")
    assert story.mentions.get().spans == []
    assert composed(story).people == ()


def test_an_editor_is_told_what_waits(story):
    assert any(
        "of its quotes wait for a decision" in warning for warning in publish_warnings(story)
    )


def test_copied_words_may_bring_the_line_breaks_of_a_form():
    text = "“One\nline,” he said. “Two.”"
    assert find_quote_spans(text, "“One\r\nline,” … “Two.”") == [(1, 10), (22, 26)]


def test_a_split_quote_keeps_its_parts_in_order(quote):
    assert [part.ordinal for part in QuotePart.objects.filter(quote=quote)] == [0, 1]


@pytest.mark.django_db
def test_what_waits_in_a_stored_story_is_looked_for_again_and_counted():
    article = make_article(body_html="<p>“The quay holds,” Ada Lund said.</p>")
    assert not article.suggestions.exists()
    waiting = refresh_suggestions(article.pk)
    assert waiting == article.suggestions.open().likely().count() > 0
    assert refresh_suggestions(article.pk) == waiting, "twice is once"
    assert refresh_suggestions(article.pk + 1) == 0, "a story that is gone"
