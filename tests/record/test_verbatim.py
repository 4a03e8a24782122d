"""Verbatim or nothing, whatever the text and whatever happens to it: the rule that never bends."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Article, QuotePart
from articles.publishing import compose
from articles.record import (
    DecisionError,
    SpeakerChoice,
    accept_suggestion,
    add_quote_by_hand,
    sync_record,
)
from articles.text.html.plain import plain_text, text_map
from articles.text.html.sanitize import paragraphs_to_html, sanitise
from tests.factories import make_article, make_person, make_user
from tests.rollback import rolled_back

pytestmark = pytest.mark.django_db
TOKENS = st.sampled_from(
    "“ ” ‘ ’ \" ' « » & < > , . ? ! — said told Ada Lund Mr Lund she he that he’d "
    "😀 👩‍👩‍👧 é e\u0301 İ ß \u2028 \u200b \xa0 ﷽ 𝔘".split(" ")
)
PARAGRAPHS = st.lists(
    st.one_of(st.text(max_size=80), st.lists(TOKENS, max_size=25).map(" ".join)),
    min_size=1,
    max_size=4,
)
SPANS = st.lists(st.tuples(st.integers(0, 200), st.integers(1, 40)), max_size=3)
CAREFUL = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def check_verbatim(article: Article) -> int:
    """Check every quote that is stored and every one that readers would get; return how many those are."""
    article = Article.objects.with_everything().get(pk=article.pk)
    body_text = plain_text(article.body_html)
    for part in QuotePart.objects.filter(quote__article=article, quote__state="confirmed"):
        assert body_text[part.start : part.end] == part.text
    quotes = compose(article).quotes
    mapped = text_map(compose(article).body_html)
    for quote in quotes:
        assert " … ".join(body_text[start:end] for start, end in quote.parts) == quote.text
        for start, end in quote.parts:
            assert mapped.text[start:end] == body_text[start:end]
    return len(quotes)


@CAREFUL
@given(before=PARAGRAPHS, after=PARAGRAPHS, spans=SPANS)
def test_every_stored_quote_is_verbatim_before_and_after_any_edit(before, after, spans):
    with rolled_back():  # else each example knows the people of all before it
        check_edits(before, after, spans)


def check_edits(before: list[str], after: list[str], spans: list[tuple[int, int]]) -> None:
    """Store all quotes of a story that are found or marked, then edit it in three ways."""
    html = sanitise(paragraphs_to_html([("p", paragraph) for paragraph in before]))
    article, editor = make_article(body_html=html), make_user()
    ada = make_person("Ada Lund")
    choice = SpeakerChoice("person", ada.pk)
    sync_record(article, by=None)
    for suggestion in article.suggestions.open().quotes():
        with suppress(DecisionError):  # a paraphrase that holds quoted words, whichever came first
            accept_suggestion(suggestion, by=editor, choice=choice)
    for start, length in spans:
        places = [(start, start + length)]
        with suppress(DecisionError):
            add_quote_by_hand(article, places, choice, kind="partial", role="", by=editor)
    check_verbatim(article)
    for edited in (after, [*after, *before], [*before, *after]):
        article.body_html = sanitise(paragraphs_to_html([("p", paragraph) for paragraph in edited]))
        article.save()
        sync_record(article, by=None)
        check_verbatim(article)


def test_the_rule_is_looked_at_where_there_is_something_to_see():
    article, editor = (
        make_article(body_html="<p>“A &amp; B <em>😀 c</em>,” said Ada Lund.</p>"),
        make_user(),
    )
    sync_record(article, by=None)
    accept_suggestion(
        article.suggestions.quotes().get(),
        by=editor,
        choice=SpeakerChoice("new-person", name="Ada Lund"),
    )
    assert check_verbatim(article) == 1
