"""The record follows the text; what no longer stands in it blocks publishing and is never shown."""

import pytest

from articles.models import Quote, QuotePart
from articles.publishing import NotPublishable, compose, publish, warnings_about
from articles.record import (
    Choice,
    Undecided,
    accept,
    add_by_hand,
    find_words,
    follow,
    reject,
    reword,
)
from articles.text.html import plain_text

NEW = Choice("new-person", name="Ada Lund")


def save(article, old: str, new: str) -> list[str]:
    assert old in article.body_html
    article.body_html = article.body_html.replace(old, new)
    article.save()
    return follow(article, by=None)


def composed(article):
    return compose(type(article).objects.with_everything().get(pk=article.pk))


@pytest.fixture
def quote(ask, editor) -> Quote:
    return accept(ask("We looked"), by=editor, choice=NEW)


def test_an_edit_elsewhere_moves_a_quote_along(story, quote):
    key = quote.quote_key
    assert save(story, "The mayor", "On a wet Monday 😀 the <em>mayor</em>") == []
    said = composed(story)
    assert [one.key for one in said.quotes] == [key]
    text = said.body_text
    parts = [text[start:end] for start, end in said.quotes[0].parts]
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
    with pytest.raises(Undecided, match="do not stand"):
        reword(quote, "“We looked at every pile of it,”", by=editor)
    reword(
        quote,
        "“We looked at every pillar of it,” … “Nothing there will hold another winter.”",
        by=editor,
    )
    said = composed(story).quotes
    assert [(one.key, one.text.split(",")[0]) for one in said] == [
        (quote.quote_key, "We looked at every pillar of it")
    ]


def test_a_rejected_find_is_not_asked_again(story, ask, editor):
    reject(ask("Tides"), by=editor)
    save(story, "The mayor", "On Monday the mayor")
    assert ask("Tides").state == "rejected"
    assert story.suggestions.filter(found__text="Tides of the North").count() == 1


def test_what_is_open_is_found_anew(story, ask):
    save(story, "<p>“It was always going to end like this,” a senior official said.</p>", "")
    with pytest.raises(LookupError):
        ask("It was always")
    save(story, "Tides of the North", "Tides of the South")
    assert ask("Tides of the South").state == "open"


def test_what_is_on_record_by_hand_is_not_asked_about(story, editor):
    words = "I would not park a bicycle on it."
    spans = find_words(plain_text(story.body_html), f"“{words}”")
    add_by_hand(
        story, spans, Choice("new-person", name="Tomas Reve"), kind="direct", role="", by=editor
    )
    story.suggestions.all().delete()
    follow(story, by=None)
    assert not story.suggestions.filter(found__text=words).exists()


def test_nobody_says_the_same_words_twice(story, quote, editor):
    choice, part = Choice("person", quote.person_id), quote.parts.first()
    for spans in ([(part.start + 3, part.end + 9)], [(part.start - 2, part.start + 1)]):
        with pytest.raises(Undecided, match="on record already"):
            add_by_hand(story, spans, choice, kind="direct", role="", by=editor)
    assert Quote.objects.count() == 1


@pytest.mark.parametrize("spans", [[], [(0, 99999)], [(7, 7)], [(-1, 4)]])
def test_words_that_are_none_are_refused(story, editor, spans):
    choice = Choice("new-person", name="Tomas Reve")
    with pytest.raises(Undecided):
        add_by_hand(story, spans, choice, kind="direct", role="", by=editor)
    assert not Quote.objects.exists()


def test_words_that_stand_twice_are_asked_about():
    text = "“No,” said one. “No,” said the other."
    with pytest.raises(Undecided, match="stand 2 times"):
        find_words(text, "“No,”")
    assert find_words(text, "No,", 2) == [(17, 20)]
    with pytest.raises(Undecided, match="only 2 times"):
        find_words(text, "No,", 3)


def test_accepted_names_move_along_and_a_name_that_goes_is_no_longer_said(story, ask, editor):
    accept(ask("Tomas Reve"), by=editor, choice=Choice("new-person", name="Tomas Reve"))
    save(story, "The mayor", "On Monday the mayor")
    text = plain_text(story.body_html)
    (start, end) = story.mentions.get().spans[0]
    assert text[start:end] == "Tomas Reve"
    assert [link.name for link in composed(story).people] == ["Tomas Reve"]
    save(story, "Tomas Reve", "Somebody")
    assert story.mentions.get().spans == []
    assert composed(story).people == ()


def test_an_editor_is_told_what_waits(story):
    assert any("of its quotes wait for a decision" in warning for warning in warnings_about(story))


def test_copied_words_may_bring_the_line_breaks_of_a_form():
    text = "“One\nline,” he said. “Two.”"
    assert find_words(text, "“One\r\nline,” … “Two.”") == [(1, 10), (22, 26)]


def test_a_split_quote_keeps_its_parts_in_order(quote):
    assert [part.ordinal for part in QuotePart.objects.filter(quote=quote)] == [0, 1]
