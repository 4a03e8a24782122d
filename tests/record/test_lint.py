"""Doubts about a story's quotes: what raises them, what ends them, how they are waved off."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Membership, WavedOff
from articles.publishing import publish, withdraw
from articles.record import Choice, Undecided, accept, follow, reject
from articles.record.lint import lint
from articles.record.wave import take_up, wave_off
from tests.factories import (
    make_article,
    make_organization,
    make_person,
    make_quote,
    make_said,
    make_user,
)

pytestmark = pytest.mark.django_db
SAID = "We looked at every pile of it and found none that holds."
OTHER = "We looked at every pile of it and found one that holds."


def doubts(article: Article, check: str = "") -> list[str]:
    stored = Article.objects.with_everything().get(pk=article.pk)
    return [one.words for one in lint(stored).findings if check in ("", one.check)]


def mark_of(article: Article, words: str) -> str:
    stored = Article.objects.with_everything().get(pk=article.pk)
    return next(one.fingerprint for one in lint(stored).findings if one.words == words)


@pytest.fixture
def ada():
    person = make_person("Ada Lund")
    body = make_organization("Port of Sund")
    Membership.objects.create(
        person=person, organization=body, role="harbour master", is_confirmed=True
    )
    return person


def speaks(words: str = SAID, **speaker) -> Article:
    article = make_article(body_html=f"<p>“{words}” she said at the quay.</p>")
    make_quote(article, words, **speaker)
    return article


def test_each_quoted_run_needs_somebody_who_said_it(story, ask, editor):
    was = doubts(story, "quoted")
    assert was == [
        "beyond repair",
        "We looked at every pile of it,",
        "Nothing there will hold another winter.",
        "I would not park a bicycle on it.",
        "It was always going to end like this,",
        "Tides of the North",
    ]
    accept(ask("I would not"), by=editor, choice=Choice("new-person", name="Tomas Reve"))
    reject(ask("Tides"), by=editor)
    left = doubts(story, "quoted")
    assert [words for words in was if words not in left] == [was[3], was[5]]


def test_a_quote_in_two_parts_answers_for_both_runs(story, ask, editor):
    accept(ask("We looked"), by=editor, choice=Choice("new-person", name="Ada Lund"))
    left = doubts(story, "quoted")
    assert "We looked at every pile of it," not in left
    assert "Nothing there will hold another winter." not in left


def test_what_was_rejected_stays_so_when_it_moves(story, ask, editor):
    reject(ask("Tides"), by=editor)
    story.body_html = f"<p>A storm came first.</p>{story.body_html}"
    story.save()
    assert "Tides of the North" not in doubts(story, "quoted"), "before it is found again"
    follow(story, by=None)
    assert "Tides of the North" not in doubts(story, "quoted")


def test_a_detached_quote_answers_for_nothing(ada):
    article = speaks(person=ada)
    article.quotes.update(state="detached")
    assert doubts(article, "quoted") == [SAID]


def test_other_words_of_the_same_statement_are_named_with_the_story(ada):
    live = make_said(OTHER, person=ada, fields={"headline": "Quay stays"})
    article = speaks(person=ada)
    (found,) = lint(Article.objects.with_everything().get(pk=article.pk)).findings
    assert (found.check, found.words, found.story) == ("elsewhere", SAID, live.article_id)
    assert found.sentence == "Ada Lund is quoted in “Quay stays” with other words."
    changed = [(piece.op, piece.text) for piece in found.pieces if piece.op != "equal"]
    assert changed == [("delete", "one"), ("insert", "none")]


def test_the_same_words_another_speaker_and_short_answers_raise_no_doubt(ada):
    make_said(SAID, person=ada)
    make_said(OTHER, person=make_person("Tomas Reve"))
    make_said(OTHER)
    make_said("None that holds at all.", person=ada)
    assert doubts(speaks(person=ada), "elsewhere") == []
    assert doubts(speaks("None that ever holds at.", person=ada), "elsewhere") == []


def test_what_readers_do_not_have_is_not_compared(ada):
    withdraw(make_said(OTHER, person=ada).article, by=None, reason="Wrong.")
    speaks(OTHER, person=ada)
    assert doubts(speaks(person=ada), "elsewhere") == []


def test_a_story_is_not_compared_with_what_readers_have_of_it(ada):
    article = make_said(OTHER, person=ada).article
    article.quotes.all().delete()
    article.body_html = f"<p>“{SAID}” she said.</p>"
    article.save()
    make_quote(article, SAID, person=ada)
    assert doubts(article, "elsewhere") == []


def test_an_organization_is_compared_like_a_person():
    port = make_organization("Port of Sund")
    make_said(OTHER, organization=port)
    assert doubts(speaks(organization=port), "elsewhere") == [SAID]


def test_a_speaker_of_whom_readers_learn_no_role_is_named_once(ada):
    tomas = make_person("Tomas Reve")
    text = "<p>“It holds.” “It does not.” “It may.”</p>"
    article = make_article(body_html=text)
    make_quote(article, "It holds.", person=tomas)
    make_quote(article, "It does not.", person=tomas)
    make_quote(article, "It may.", person=ada)
    assert doubts(article, "role") == ["It holds."]
    article.quotes.update(role="diver")
    assert doubts(article, "role") == []


def test_a_mark_without_its_other_half_is_named():
    assert doubts(make_article(body_html="<p>“It holds, she said.</p>"), "marks") == [
        "It holds, she said."
    ]


def test_a_doubt_waved_off_is_listed_with_who_when_and_why_and_taken_up_again(story, editor):
    mark = mark_of(story, "Tides of the North")
    wave_off(story, mark, reason="  A book’s\ntitle. ", by=editor)
    seen = lint(Article.objects.with_everything().get(pk=story.pk))
    assert "Tides of the North" not in [one.words for one in seen.findings]
    (waved,) = seen.waved
    assert (waved.finding.words, waved.row.reason, waved.row.by, waved.row.check_name) == (
        "Tides of the North",
        "A book’s title.",
        editor,
        "quoted",
    )
    take_up(story, mark)
    assert "Tides of the North" in doubts(story)
    with pytest.raises(Undecided, match="stands already"):
        take_up(story, mark)


def test_changed_words_bring_a_doubt_back_and_an_edit_elsewhere_does_not(story, editor):
    wave_off(story, mark_of(story, "Tides of the North"), reason="A title.", by=editor)
    story.body_html = f"<p>“New” words came first.</p>{story.body_html}"
    story.save()
    assert "Tides of the North" not in doubts(story)
    story.body_html = story.body_html.replace("Tides of the North", "Tides of the South")
    story.save()
    assert "Tides of the South" in doubts(story)


def test_the_second_place_of_the_same_words_is_a_doubt_of_its_own(editor):
    article = make_article(body_html="<p>The “deal” was a “deal” to some.</p>")
    wave_off(article, mark_of(article, "deal"), reason="Irony.", by=editor)
    assert doubts(article, "quoted") == ["deal"]


@pytest.mark.parametrize(
    ("reason", "said"), [("", "Say why"), ("  \n", "Say why"), ("x" * 501, "at most 500")]
)
def test_a_doubt_is_waved_off_only_with_a_reason(story, editor, reason, said):
    with pytest.raises(Undecided, match=said):
        wave_off(story, mark_of(story, "Tides of the North"), reason=reason, by=editor)
    assert not WavedOff.objects.exists()


def test_what_is_no_doubt_or_was_waved_off_already_says_so(story, editor):
    with pytest.raises(Undecided, match="no such doubt"):
        wave_off(story, "0" * 64, reason="Fine.", by=editor)
    mark = mark_of(story, "Tides of the North")
    wave_off(story, mark, reason="A title.", by=editor)
    with pytest.raises(Undecided, match=f"{editor} has waved it off already: A title."):
        wave_off(story, mark, reason="Fine.", by=make_user())


def test_the_queries_do_not_depend_on_how_much_is_quoted(ada):
    def cost(article: Article) -> int:
        stored = Article.objects.with_everything().get(pk=article.pk)
        with CaptureQueriesContext(connection) as captured:
            lint(stored)
        return len(captured)

    few = cost(speaks(person=ada))
    people = [make_person(f"Speaker Number{number}") for number in range(12)]
    texts = [f"{SAID[:-1]} or {number} winters." for number in range(12)]
    body = "".join(f"<p>“{text}” they said.</p><p>The “{text[:3]}” term.</p>" for text in texts)
    article = make_article(body_html=body)
    for person, text in zip(people, texts, strict=True):
        make_quote(article, text, person=person)
        make_said(text.replace("none", "one"), person=person)
    assert len(doubts(article, "elsewhere")) == 12
    assert cost(article) == few <= 3


def test_a_story_of_more_speakers_than_are_compared_is_checked_all_the_same():
    people = [make_person(f"Speaker Number{number}") for number in range(60)]
    words = [f"{SAID[:-1]} or {number} winters." for number in range(60)]
    article = make_article(body_html="".join(f"<p>“{text}” they said.</p>" for text in words))
    for person, text in zip(people, words, strict=True):
        make_quote(article, text, person=person)
    make_said(words[0].replace("none", "one"), person=people[0])
    assert doubts(article, "elsewhere") == [words[0]]


def test_nothing_waved_off_or_doubted_keeps_a_story_from_its_readers(story):
    assert doubts(story)
    assert publish(story, by=None).number == 1
