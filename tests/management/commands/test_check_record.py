"""manage.py check_record: what it finds, says, counts; its exit status."""

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from articles.models import (
    DeskNameWord,
    Edition,
    EditionPerson,
    EditionQuote,
    Merge,
    QuotePart,
    StatementLink,
    Suggestion,
)
from articles.publishing import publish
from articles.record import SpeakerChoice, add_quote_by_hand, sync_record
from articles.record.consistency.verify import CHECKS, verbatim_issues
from articles.text.html.plain import plain_text
from articles.text.html.sanitize import paragraphs_to_html, sanitise
from tests.factories import make_article, make_person, make_quote, make_user
from tests.rollback import rolled_back

pytestmark = pytest.mark.django_db
WORDS = "The quay will not hold another winter."
BODY = f"<p>“{WORDS}” said Ada Lund. “We counted every pile.”</p>"
DAY = datetime(2025, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def ada():
    return make_person("Ada Lund")


@pytest.fixture
def quote(ada):
    """A quote of a live story."""
    story = make_article(body_html=BODY, published_at=DAY)
    quote = make_quote(story, WORDS, person=ada)
    publish(story, by=None)
    return quote


def check(capsys, *options: str) -> tuple[int, str]:
    """Run the command; return its exit status and what it said."""
    status = 0
    try:
        call_command("check_record", *options)
    except CommandError as error:
        status = error.returncode
    return status, capsys.readouterr().out


def test_a_record_that_holds_ends_with_0(capsys, quote):
    assert check(capsys) == (
        0,
        "Found: verbatim 0, quotes 0, dangling 0, stale 0, roles 0, search 0, archive 0, sources 0. "
        "Other names since, no error: 0.\n",
    )


def test_words_that_are_not_at_their_place_are_named_with_story_quote_and_remedy(capsys, quote):
    quote.parts.update(start=0)
    status, output = check(capsys, "--only", "verbatim")
    assert status == 1
    assert f"verbatim: article {quote.article_id}, quote {quote.quote_key}, part 0:" in output
    assert f"“{WORDS}” is not at 0 to" in output
    assert "Decide about the quote" in output
    assert "Found: verbatim 1." in output


def test_two_quotes_on_the_very_same_words_are_found(capsys, quote):
    part = quote.parts.get()
    other = make_quote(quote.article, WORDS, unnamed="a neighbour")
    other.parts.update(start=part.start, end=part.end)
    status, output = check(capsys, "--only", "verbatim")
    assert (status, "at the same place" in output) == (1, True)


def test_a_whole_that_is_not_what_its_parts_say_is_found(capsys, quote):
    type(quote).objects.update(text="Other words.")
    status, output = check(capsys, "--only", "verbatim")
    assert (status, "text: “Other words.” is not what its parts say" in output) == (1, True)


def test_parts_that_overlap_are_found(capsys, quote):
    part = quote.parts.get()
    QuotePart.objects.create(
        quote=quote, ordinal=1, start=part.start, end=part.start + 3, text=part.text[:3]
    )
    type(quote).objects.update(text=f"{WORDS} … {WORDS[:3]}")
    assert "parts: They overlap" in check(capsys, "--only", "verbatim")[1]


def test_a_quote_that_waits_for_a_decision_is_no_error_of_its_own(capsys, quote):
    quote.parts.update(start=0)
    type(quote).objects.update(state="detached")
    assert check(capsys, "--only", "verbatim")[0] == 0


def test_every_edition_is_checked_against_its_own_text(capsys, quote):
    publish(quote.article, by=None)
    Edition.objects.filter(number=1).update(body_text="Nothing of the kind.")
    status, output = check(capsys, "--only", "verbatim")
    assert status == 1
    assert f"quote {quote.quote_key}, edition 1: “{WORDS}” is not at its places" in output
    assert "compare it with a backup" in output


def nowhere(quote) -> None:
    quote.parts.all().delete()


def outside(quote) -> None:
    quote.article.mentions.create(person=quote.person, name="Ada Lund", spans=[[5, 9999]])


def other_role(quote) -> None:
    EditionQuote.objects.update(role="mayor")


def no_row(quote) -> None:
    EditionQuote.objects.all().delete()


def only_row(quote) -> None:
    Edition.objects.update(quotes=[])


def other_links(quote) -> None:
    EditionPerson.objects.update(person=make_person("Tomas Reve"))


def statement(quote) -> None:
    StatementLink.objects.create(kind="repeats", later=quote.quote_key, earlier="gonegonego")


def decision(quote) -> None:
    detection = {"text": WORDS, "role": ""}
    Suggestion.objects.create(
        article=quote.article,
        kind="quote",
        state="accepted",
        fingerprint="f",
        start=1,
        end=9,
        found=detection,
        confidence=1,
    )


def merge_into_nothing(quote) -> None:
    Merge.objects.create(kind="person", gone=10**9, survivor=10**9 + 1, name="A", slug="a")


def merge_of_the_living(quote) -> None:
    other = make_person("A. Lund")
    Merge.objects.create(
        kind="person", gone=other.pk, survivor=quote.person_id, name="A. Lund", slug="a-lund"
    )


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (nowhere, "parts: It has none."),
        (outside, "mention spans: “Ada Lund” is marked outside a text of"),
        (other_role, "edition 1, quotes: Row and page differ in role."),
        (no_row, "Its page prints a quote that has no row."),
        (only_row, "A quote has a row and is not on its page."),
        (other_links, "edition 1, people: Links and page name different ones."),
        (statement, "is about a quote that exists nowhere"),
        (decision, "was accepted; what came of it is gone"),
        (merge_into_nothing, "which does not exist. Undo the merge"),
        (merge_of_the_living, "and is still there. Undo the merge"),
    ],
)
def test_what_leads_nowhere_is_found(capsys, quote, harm, words):
    harm(quote)
    status, output = check(capsys, "--only", "dangling")
    assert status == 1
    assert words in output
    assert "Found: dangling 1." in output


def test_a_merge_that_went_on_into_another_or_was_undone_leads_somewhere(capsys, quote):
    last = quote.person_id
    Merge.objects.create(kind="person", gone=10**9, survivor=10**9 + 1, name="A", slug="a")
    Merge.objects.create(kind="person", gone=10**9 + 1, survivor=last, name="B", slug="b")
    undone = {"kind": "person", "name": "C", "slug": "c", "undone_at": DAY}
    Merge.objects.create(gone=10**9 + 2, survivor=10**9 + 3, **undone)
    assert check(capsys, "--only", "dangling")[0] == 0


def test_what_readers_have_otherwise_is_found_and_another_name_since_is_no_error(
    capsys, quote, ada
):
    ada.name = "Ada Lundh"
    ada.save()
    status, output = check(capsys, "--only", "stale")
    assert (status, "Found: stale 1." in output) == (1, True)
    assert f"stale: article {quote.article_id}, name: The story gave the name" in output
    assert output.splitlines()[0].endswith("Correct the story.")
    ada.other_names.create(name="Ada Lund", kind="former")
    DeskNameWord.objects.index([ada])
    status, output = check(capsys)
    assert (status, "no error: 1." in output) == (0, True)


def test_a_limit_shortens_what_is_printed_not_what_is_counted(capsys, quote):
    make_quote(quote.article, "We counted every pile.", person=quote.person)
    QuotePart.objects.update(start=0)
    status, output = check(capsys, "--limit", "1")
    assert (status, len(output.splitlines())) == (1, 2)
    assert "Found: verbatim 2, quotes 0, dangling 0, stale" in output


def test_what_could_not_be_run_ends_with_2(capsys, monkeypatch):
    def broken():
        raise DatabaseError("the disk is gone")
        yield

    monkeypatch.setitem(CHECKS, "verbatim", broken)
    assert check(capsys)[0] == 2


def test_the_queries_go_by_the_chunk_not_by_the_story(quote, ada):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert [issue for run_check in CHECKS.values() for issue in run_check()] == []
        return len(captured)

    quote.article.mentions.create(person=ada, name="Ada Lund", spans=[[1, 3]])
    quote.article.people.add(ada)
    quote.article.create_revision(None)
    publish(quote.article, by=None)
    few = cost()
    for _ in range(20):
        story = make_article(body_html=BODY, published_at=DAY, people=(ada,))
        make_quote(story, WORDS, person=ada)
        story.mentions.create(person=ada, name="Ada Lund", spans=[[1, 3]])
        publish(story, by=None)
    assert cost() == few


TEXTS = st.lists(
    st.text(
        st.characters(exclude_categories=["Cs"]) | st.sampled_from('“”‘’"<>& 😀\u0301\u2028\xa0'),
        max_size=60,
    ),
    min_size=1,
    max_size=4,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(before=TEXTS, after=TEXTS, start=st.integers(0, 60), length=st.integers(1, 20))
def test_of_random_texts_only_what_was_harmed_is_found(before, after, start, length):
    with rolled_back():  # else each example checks the stories of all before it
        check_harm(before, after, start, length)


def check_harm(before: list[str], after: list[str], start: int, length: int) -> None:
    """Edit a story that quotes some of its words, then harm the quote: only that is found."""
    html = sanitise(paragraphs_to_html([("p", paragraph) for paragraph in before]))
    story, editor, ada = make_article(body_html=html), make_user(), make_person("Ada Lund")
    words = plain_text(html)[start : start + length]
    assume(words.strip())
    span = [(start, start + len(words))]
    quote = add_quote_by_hand(
        story, span, SpeakerChoice("person", ada.pk), kind="partial", role="", by=editor
    )
    publish(story, by=None)
    for edited in (after, [*after, *before], before):
        story.body_html = sanitise(paragraphs_to_html([("p", paragraph) for paragraph in edited]))
        story.save()
        sync_record(story, by=None)
        assert [issue for issue in verbatim_issues() if issue.article == story.pk] == []
    quote.refresh_from_db()
    if quote.state == "confirmed":
        part = quote.parts.get()
        part.text = f"{part.text}x"
        part.save()
        harmed = [issue for issue in verbatim_issues() if issue.article == story.pk]
        assert {issue.key for issue in harmed} == {quote.quote_key}
