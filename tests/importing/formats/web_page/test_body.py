"""The date of a page is guessed from its tree, and nothing is fetched for it."""

import pytest
from lxml import html

from articles.importing.formats.web_page import body as page_body
from tests.importing.formats.web_page.test_reader import STORY


def test_htmldate_is_given_trees_never_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    import htmldate

    given_trees = []
    monkeypatch.setattr(htmldate, "find_date", lambda tree, **_: given_trees.append(tree))
    assert page_body.guess_date(html.document_fromstring(STORY)) is None
    assert all(not isinstance(tree, str | bytes) for tree in given_trees)
    assert given_trees
