"""Warnings about a story's quotes: what raises them, what ends them, how they are dismissed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Membership, WavedOff
from articles.publishing import publish, withdraw
from articles.record import (
    DecisionError,
    SpeakerChoice,
    accept_suggestion,
    reject_suggestion,
    sync_record,
)
from articles.record.checks.dismiss import dismiss_warning, reinstate_warning
from articles.record.checks.quote_checks import check_quotes
from tests.factories import (
    make_article,
    make_live_quote,
    make_organization,
    make_person,
    make_quote,
    make_user,
)

pytestmark = pytest.mark.django_db
WORDS = "We looked at every pile of it and found none that holds."
OTHER = "We looked at every pile of it and found one that holds."


def warnings_of(article: Article, check: str = "") -> list[str]:
    stored = Article.objects.with_everything().get(pk=article.pk)
    return [
        warning.words
        for warning in check_quotes(stored).open_warnings
        if check in ("", warning.check)
    ]


def fingerprint_of(article: Article, words: str) -> str:
    stored = Article.objects.with_everything().get(pk=article.pk)
    return next(
        warning.fingerprint
        for warning in check_quotes(stored).open_warnings
        if warning.words == words
    )


@pytest.fixture
def ada():
    person = make_person("Ada Lund")
    port = make_organization("Port of Sund")
    Membership.objects.create(
        person=person, organization=port, role="harbour master", is_confirmed=True, is_public=True
    )
    return person


def make_story(words: str = WORDS, **speaker) -> Article:
    article = make_article(body_html=f"<p>“{words}” she said at the quay.</p>")
    make_quote(article, words, **speaker)
    return article


def test_each_quoted_run_needs_somebody_who_said_it(story, find_suggestion, editor):
    was = warnings_of(story, "quoted")
    assert was == [
        "beyond repair",
        "We looked at every pile of it,",
        "Nothing there will hold another winter.",
        "I would not park a bicycle on it.",
        "It was always going to end like this,",
        "Tides of the North",
    ]
    accept_suggestion(
        find_suggestion("I would not"),
        by=editor,
        choice=SpeakerChoice("new-person", name="Tomas Reve"),
    )
    reject_suggestion(find_suggestion("Tides"), by=editor)
    remaining = warnings_of(story, "quoted")
    assert [words for words in was if words not in remaining] == [was[3], was[5]]


def test_a_quote_in_two_parts_answers_for_both_runs(story, find_suggestion, editor):
    accept_suggestion(
        find_suggestion("We looked"), by=editor, choice=SpeakerChoice("new-person", name="Ada Lund")
    )
    remaining = warnings_of(story, "quoted")
    assert "We looked at every pile of it," not in remaining
    assert "Nothing there will hold another winter." not in remaining


def test_what_was_rejected_stays_so_when_it_moves(story, find_suggestion, editor):
    reject_suggestion(find_suggestion("Tides"), by=editor)
    story.body_html = f"<p>A storm came first.</p>{story.body_html}"
    story.save()
    assert "Tides of the North" not in warnings_of(story, "quoted"), "before it is found again"
    sync_record(story, by=None)
    assert "Tides of the North" not in warnings_of(story, "quoted")


def test_a_detached_quote_answers_for_nothing(ada):
    article = make_story(person=ada)
    article.quotes.update(state="detached")
    assert warnings_of(article, "quoted") == [WORDS]


def test_other_words_of_the_same_statement_are_named_with_the_story(ada):
    live = make_live_quote(OTHER, person=ada, fields={"headline": "Quay stays"})
    article = make_story(person=ada)
    (warning,) = check_quotes(Article.objects.with_everything().get(pk=article.pk)).open_warnings
    assert (warning.check, warning.words, warning.story) == ("elsewhere", WORDS, live.article_id)
    assert warning.sentence == "Ada Lund is quoted in “Quay stays” with other words."
    changed = [(piece.op, piece.text) for piece in warning.pieces if piece.op != "equal"]
    assert changed == [("delete", "one"), ("insert", "none")]


def test_the_same_words_another_speaker_and_short_answers_raise_no_warning(ada):
    make_live_quote(WORDS, person=ada)
    make_live_quote(OTHER, person=make_person("Tomas Reve"))
    make_live_quote(OTHER)
    make_live_quote("None that holds at all.", person=ada)
    assert warnings_of(make_story(person=ada), "elsewhere") == []
    assert warnings_of(make_story("None that ever holds at.", person=ada), "elsewhere") == []


def test_what_readers_do_not_have_is_not_compared(ada):
    withdraw(make_live_quote(OTHER, person=ada).article, by=None, reason="Wrong.")
    make_story(OTHER, person=ada)
    assert warnings_of(make_story(person=ada), "elsewhere") == []


def test_a_story_is_not_compared_with_what_readers_have_of_it(ada):
    article = make_live_quote(OTHER, person=ada).article
    article.quotes.all().delete()
    article.body_html = f"<p>“{WORDS}” she said.</p>"
    article.save()
    make_quote(article, WORDS, person=ada)
    assert warnings_of(article, "elsewhere") == []


def test_an_organization_is_compared_like_a_person():
    port = make_organization("Port of Sund")
    make_live_quote(OTHER, organization=port)
    assert warnings_of(make_story(organization=port), "elsewhere") == [WORDS]


def test_a_speaker_of_whom_readers_learn_no_role_is_named_once(ada):
    tomas = make_person("Tomas Reve")
    text = "<p>“It holds.” “It does not.” “It may.”</p>"
    article = make_article(body_html=text)
    make_quote(article, "It holds.", person=tomas)
    make_quote(article, "It does not.", person=tomas)
    make_quote(article, "It may.", person=ada)
    assert warnings_of(article, "role") == ["It holds."]
    article.quotes.update(role="diver")
    assert warnings_of(article, "role") == []


def test_a_mark_without_its_other_half_is_named():
    assert warnings_of(make_article(body_html="<p>“It holds, she said.</p>"), "marks") == [
        "It holds, she said."
    ]


def test_a_dismissed_warning_is_listed_with_who_when_and_why_and_reinstated(story, editor):
    mark = fingerprint_of(story, "Tides of the North")
    dismiss_warning(story, mark, reason="  A book’s\ntitle. ", by=editor)
    seen = check_quotes(Article.objects.with_everything().get(pk=story.pk))
    assert "Tides of the North" not in [warning.words for warning in seen.open_warnings]
    (dismissed,) = seen.dismissed
    assert (
        dismissed.warning.words,
        dismissed.row.reason,
        dismissed.row.by,
        dismissed.row.check_name,
    ) == (
        "Tides of the North",
        "A book’s title.",
        editor,
        "quoted",
    )
    reinstate_warning(story, mark)
    assert "Tides of the North" in warnings_of(story)
    with pytest.raises(DecisionError, match="stands already"):
        reinstate_warning(story, mark)


def test_changed_words_bring_a_warning_back_and_an_edit_elsewhere_does_not(story, editor):
    dismiss_warning(
        story, fingerprint_of(story, "Tides of the North"), reason="A title.", by=editor
    )
    story.body_html = f"<p>“New” words came first.</p>{story.body_html}"
    story.save()
    assert "Tides of the North" not in warnings_of(story)
    story.body_html = story.body_html.replace("Tides of the North", "Tides of the South")
    story.save()
    assert "Tides of the South" in warnings_of(story)


def test_the_second_place_of_the_same_words_is_a_warning_of_its_own(editor):
    article = make_article(body_html="<p>The “deal” was a “deal” to some.</p>")
    dismiss_warning(article, fingerprint_of(article, "deal"), reason="Irony.", by=editor)
    assert warnings_of(article, "quoted") == ["deal"]


@pytest.mark.parametrize(
    ("reason", "message"), [("", "Say why"), ("  \n", "Say why"), ("x" * 501, "at most 500")]
)
def test_a_warning_is_dismissed_only_with_a_reason(story, editor, reason, message):
    with pytest.raises(DecisionError, match=message):
        dismiss_warning(
            story, fingerprint_of(story, "Tides of the North"), reason=reason, by=editor
        )
    assert not WavedOff.objects.exists()


def test_what_is_no_warning_or_was_dismissed_already_says_so(story, editor):
    with pytest.raises(DecisionError, match="no such warning"):
        dismiss_warning(story, "0" * 64, reason="Fine.", by=editor)
    mark = fingerprint_of(story, "Tides of the North")
    dismiss_warning(story, mark, reason="A title.", by=editor)
    with pytest.raises(DecisionError, match=f"{editor} has dismissed it already: A title."):
        dismiss_warning(story, mark, reason="Fine.", by=make_user())


def test_the_queries_do_not_depend_on_how_much_is_quoted(ada):
    def cost(article: Article) -> int:
        stored = Article.objects.with_everything().get(pk=article.pk)
        with CaptureQueriesContext(connection) as captured:
            check_quotes(stored)
        return len(captured)

    few = cost(make_story(person=ada))
    people = [make_person(f"Speaker Number{number}") for number in range(12)]
    texts = [f"{WORDS[:-1]} or {number} winters." for number in range(12)]
    html = "".join(f"<p>“{text}” they said.</p><p>The “{text[:3]}” term.</p>" for text in texts)
    article = make_article(body_html=html)
    for person, text in zip(people, texts, strict=True):
        make_quote(article, text, person=person)
        make_live_quote(text.replace("none", "one"), person=person)
    assert len(warnings_of(article, "elsewhere")) == 12
    assert cost(article) == few <= 3


def test_a_story_of_more_speakers_than_are_compared_is_checked_all_the_same():
    people = [make_person(f"Speaker Number{number}") for number in range(60)]
    words = [f"{WORDS[:-1]} or {number} winters." for number in range(60)]
    article = make_article(body_html="".join(f"<p>“{text}” they said.</p>" for text in words))
    for person, text in zip(people, words, strict=True):
        make_quote(article, text, person=person)
    make_live_quote(words[0].replace("none", "one"), person=people[0])
    assert warnings_of(article, "elsewhere") == [words[0]]


def test_no_warning_dismissed_or_not_keeps_a_story_from_its_readers(story):
    assert warnings_of(story)
    assert publish(story, by=None).number == 1


def test_where_a_mark_is_missing_is_said_and_that_it_is_of_no_other_story():
    article = make_article(body_html="<p>“It holds, she said.</p><p>It fell,” he said.</p>")
    stored = Article.objects.with_everything().get(pk=article.pk)
    warnings = [row for row in check_quotes(stored).open_warnings if row.check == "marks"]
    sentences = [row.sentence for row in warnings]
    assert any("opened before “It holds" in text and "never closed" in text for text in sentences)
    assert any("closed after" in text and "was never opened" in text for text in sentences)
    assert {row.story for row in warnings} == {0}
