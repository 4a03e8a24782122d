"""Quotes that break a rule of their own, wherever they came from."""

import pytest

from articles.models import Quote
from tests.factories import make_article, make_quote
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
