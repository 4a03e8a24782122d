"""Lists are joined as the language joins them, and each item is escaped once."""

import pytest
from django.utils.safestring import mark_safe
from django.utils.translation import override

from articles.translation.lists import and_list, comma_list


@pytest.mark.parametrize(
    ("items", "text"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["<a>", "{b}"], "&lt;a&gt; and {b}"),
        ([mark_safe("<b>a</b>"), "c"], "<b>a</b> and c"),
    ],
)
def test_and_list(items: list[str], text: str) -> None:
    assert and_list(items) == text
    assert hasattr(and_list(items), "__html__")


def test_comma_list() -> None:
    assert comma_list(["a", "<b>", "c"]) == "a, &lt;b&gt;, c"


def test_list_speaks_the_active_language(pseudo_locale: str) -> None:
    with override(pseudo_locale):
        assert and_list(["a", "b", "c"]) == "a, b ááñđ c"
