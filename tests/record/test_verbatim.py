"""Verbatim or nothing, whatever the text and whatever happens to it: the rule that never bends."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Article, QuotePart
from articles.publishing import compose
from articles.record import Choice, Undecided, accept, add_by_hand, follow
from articles.text.html import paragraphs_to_html, plain_text, sanitise
from articles.text.plain import text_map
from tests.factories import make_article, make_person, make_user

pytestmark = pytest.mark.django_db
PIECES = st.sampled_from(
    "“ ” ‘ ’ \" ' « » & < > , . ? ! — said told Ada Lund Mr Lund she he that he’d "
    "😀 👩‍👩‍👧 é e\u0301 İ ß \u2028 \u200b \xa0 ﷽ 𝔘".split(" ")
)
PARAGRAPHS = st.lists(
    st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=25).map(" ".join)),
    min_size=1,
    max_size=4,
)
SPANS = st.lists(st.tuples(st.integers(0, 200), st.integers(1, 40)), max_size=3)
CAREFUL = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def holds(article: Article) -> int:
    """Check every quote that is stored and every one that readers would get; return how many those are."""
    article = Article.objects.with_everything().get(pk=article.pk)
    body = plain_text(article.body_html)
    for part in QuotePart.objects.filter(quote__article=article, quote__state="confirmed"):
        assert body[part.start : part.end] == part.text
    said = compose(article).quotes
    mapped = text_map(compose(article).body_html)
    for quote in said:
        assert " … ".join(body[start:end] for start, end in quote.parts) == quote.text
        for start, end in quote.parts:
            assert mapped.text[start:end] == body[start:end]
    return len(said)


@CAREFUL
@given(before=PARAGRAPHS, after=PARAGRAPHS, spans=SPANS)
def test_every_stored_quote_is_verbatim_before_and_after_any_edit(before, after, spans):
    html = sanitise(paragraphs_to_html([("p", one) for one in before]))
    article, editor = make_article(body_html=html), make_user()
    ada = make_person("Ada Lund")
    choice = Choice("person", ada.pk)
    follow(article, by=None)
    for suggestion in article.suggestions.open().quotes():
        with suppress(Undecided):  # a paraphrase that holds quoted words, whichever came first
            accept(suggestion, by=editor, choice=choice)
    for start, length in spans:
        places = [(start, start + length)]
        with suppress(Undecided):
            add_by_hand(article, places, choice, kind="partial", role="", by=editor)
    holds(article)
    for edited in (after, [*after, *before], [*before, *after]):
        article.body_html = sanitise(paragraphs_to_html([("p", one) for one in edited]))
        article.save()
        follow(article, by=None)
        holds(article)


def test_the_rule_is_looked_at_where_there_is_something_to_see():
    article, editor = (
        make_article(body_html="<p>“A &amp; B <em>😀 c</em>,” said Ada Lund.</p>"),
        make_user(),
    )
    follow(article, by=None)
    accept(
        article.suggestions.quotes().get(), by=editor, choice=Choice("new-person", name="Ada Lund")
    )
    assert holds(article) == 1
