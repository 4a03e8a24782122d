"""A story fits better the more of the words stand in its headline, then among its details."""

import pytest

from articles.text.search import parse_query
from articles.text.search.ranking import score


def test_the_headline_counts_more_than_the_details_and_these_more_than_the_text():
    query = parse_query("harbour dredging ", "en")
    fits = [
        score(query, headline, details)
        for headline, details in [
            ("harbour dredg begin", ""),
            ("dredg of the harbour", ""),
            ("dredg begin", "the harbour"),
            ("dredg begin", ""),
            ("", "harbour"),
            ("", ""),
        ]
    ]
    assert fits == sorted(fits, reverse=True)
    assert len(set(fits)) == len(fits)


@pytest.mark.parametrize(("headline", "value"), [("dredg", 8), ("dredger", 4), ("sedredg", 0)])
def test_a_whole_word_counts_more_than_one_that_goes_on(headline, value):
    assert score(parse_query("dredg", "en"), headline, "") == value
