"""A warning is dismissed with a reason of at most five hundred letters, once, and can be reinstated."""

import pytest

from articles.models import Article, WavedOff
from articles.record import DecisionError
from articles.record.checks.dismiss import dismiss_warning, reinstate_warning
from articles.record.checks.quote_checks import check_quotes
from tests.factories import make_article, make_live_quote, make_person, make_quote, make_user

pytestmark = pytest.mark.django_db
WORDS = "We looked at every pile of it and found none that holds."
OTHER = "We looked at every pile of it and found one that holds."


@pytest.fixture
def warning():
    ada = make_person("Ada Lund")
    make_live_quote(OTHER, person=ada)
    article = make_article(body_html=f"<p>“{WORDS}” said Ada Lund.</p>")
    make_quote(article, WORDS, person=ada)
    stored = Article.objects.with_everything().get(pk=article.pk)
    return article, check_quotes(stored).open_warnings[0].fingerprint


def test_a_reason_has_at_most_five_hundred_letters(warning):
    article, fingerprint = warning
    by = make_user()
    for reason, words in ((" ", "Say why"), ("x" * 501, "at most 500 letters")):
        with pytest.raises(DecisionError, match=words):
            dismiss_warning(article, fingerprint, reason=reason, by=by)
    row = dismiss_warning(article, fingerprint, reason=f" {'x' * 498}  y ", by=by)
    assert (row.reason, row.by) == (f"{'x' * 498} y", by)
    with pytest.raises(DecisionError, match=f"{by} has dismissed it already"):
        dismiss_warning(article, fingerprint, reason="Again.", by=by)


def test_a_warning_that_is_none_any_more_cannot_be_dismissed(warning):
    article, fingerprint = warning
    article.quotes.all().delete()
    with pytest.raises(DecisionError, match="no such warning any more"):
        dismiss_warning(article, fingerprint, reason="x", by=make_user())


def test_a_dismissed_warning_is_reinstated_once(warning):
    article, fingerprint = warning
    dismiss_warning(article, fingerprint, reason="x", by=make_user())
    WavedOff.objects.create(
        article=article, check_name="x", fingerprint="other", reason="x", by=None
    )
    reinstate_warning(article, fingerprint)
    assert WavedOff.objects.get().fingerprint == "other"
    with pytest.raises(DecisionError, match="It stands already"):
        reinstate_warning(article, fingerprint)
