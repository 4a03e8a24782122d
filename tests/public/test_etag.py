"""What a digest of values tells apart, and what it refuses."""

from collections import Counter
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime

import pytest
from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from articles.models import Person, Tag, User
from articles.public.etag import NOT_SHOWN, context_digest
from articles.public.http_cache import CacheWindow, conditional_page, conditional_response
from articles.text.messages import Message, PluralMessage

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Pair:
    left: object
    right: object = field(default=None, metadata=NOT_SHOWN)


@pytest.mark.parametrize(
    "value",
    [
        object(),
        {1, 2},
        b"bytes",
        1j,
        User(username="not a row of readers"),
        HttpResponse,
        Pair,
        iter([]),
    ],
    ids=lambda value: type(value).__name__,
)
@pytest.mark.parametrize(
    "wrap", [lambda v: v, lambda v: [v], lambda v: Pair(v), lambda v: {"a": (v,)}]
)
def test_a_value_of_unknown_type_is_an_error(value, wrap):
    with pytest.raises(TypeError):
        context_digest({"value": wrap(value)})


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("1", 1),
        (1, True),
        (None, ""),
        (None, "None"),
        (["a", "b"], ["ab"]),
        ([["a"], "b"], [["a", "b"]]),
        ({"a": 1}, {"b": 1}),
        (datetime(2026, 1, 1), datetime(2026, 1, 1, 0, 0, 1)),
        (Message("%(n)s x", {"n": 1}), Message("%(n)s x", {"n": 2})),
        (
            PluralMessage("%(count)s a", "%(count)s b", 1),
            PluralMessage("%(count)s a", "%(count)s b", 2),
        ),
        (gettext_lazy("People"), gettext_lazy("Tags")),
        (Counter({(2026, 1): 1}), Counter({(2026, 1): 2})),
        (Pair(Counter({(2026, 1): 1})), Pair(Counter({(2026, 2): 1}))),
        ("\ud800", "\ud801"),
        (Tag(id=1, name="A"), Tag(id=1, name="B")),
        (Tag(id=1, name="A"), Person(id=1, name="A")),
    ],
)
def test_what_differs_has_another_digest(left, right):
    if isinstance(left, Counter):
        left, right = Pair(left), Pair(right)
    assert context_digest({"value": left}) != context_digest({"value": right})
    assert context_digest({"value": left}) == context_digest({"value": copy(left)})


def test_what_no_page_shows_is_no_part_of_an_etag():
    assert context_digest({"v": Pair(1, 2)}) == context_digest({"v": Pair(1, 3)})
    times = datetime(2026, 1, 1), datetime(2026, 1, 2)
    assert context_digest({"v": CacheWindow(*times)}) == context_digest({"v": CacheWindow()})
    secret = {"qcode": "medtop:1", "link_count": 9, "position": 3}
    assert context_digest({"v": Tag(id=1)}) == context_digest({"v": Tag(id=1, **secret)})


def test_what_completes_a_page_knows_no_more_than_its_context(rf):
    secret = "not digested"
    with pytest.raises(TypeError, match="plain function"):
        conditional_page(
            rf.get("/"), "404.html", {}, complete=lambda: {"more": secret}, window=CacheWindow()
        )
    with pytest.raises(TypeError, match="plain function"):
        conditional_response(rf.get("/"), lambda: HttpResponse(secret), {}, window=CacheWindow())
