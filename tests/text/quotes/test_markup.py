"""articles/text/quotes/markup.py: quotes put into a body change none of its words."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.html.plain import plain_text, text_map
from articles.text.html.sanitize import paragraphs_to_html, sanitise
from articles.text.quotes.markup import Mark, add_quotation_marks, with_quotes

Q = re.compile(r"<q [^<>]*>(.*?)</q>", re.DOTALL)
KINDS = st.sampled_from(["p", "h2", "li", "blockquote"])
PLAIN = st.lists(st.tuples(KINDS, st.text(max_size=30)), max_size=6).map(paragraphs_to_html)
HTML_PIECES = [
    "<p>",
    "</p>",
    "<em>",
    "</em>",
    "<strong>",
    '<a href="/x?a=1&b=2">',
    "</a>",
    "<br>",
    "<li>",
]
HTML_PIECES += ["<blockquote>", "&amp;", "&lt;", " ", "word", "“", "”", "é", "👩‍🔬", "\n", "\u2028"]
MARKUP = st.lists(st.sampled_from(HTML_PIECES) | st.text(max_size=6), max_size=40).map("".join)
BODY_HTML = PLAIN | MARKUP.map(sanitise)
PARTS = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), min_size=1, max_size=4)
MARKS = st.lists(PARTS, max_size=4)


def marked(html: str, *parts: tuple[int, int], attribution: str = "Ann Webb, mayor") -> str:
    return with_quotes(html, [Mark("k2", attribution, "/quotes/k2/", parts)])


def test_a_quote_becomes_an_element_that_says_who_spoke():
    html = marked("<p>“We pay,” she said.</p>", (1, 8))
    assert html == (
        '<p>“<q class="said" id="quote-k2" cite="/quotes/k2/" data-who="Ann Webb, mayor">We pay,</q>” '
        "she said.</p>"
    )


@given(BODY_HTML, MARKS)
def test_the_text_of_a_body_stays_as_it_was(html, marks):
    body = with_quotes(html, [Mark(f"k{n}", "<&\"'", "/q/?a&b", ps) for n, ps in enumerate(marks)])
    assert text_map(body).text == plain_text(body) == plain_text(html)
    assert sanitise(re.sub(r"</?q\b[^<>]*>", "", body)) == sanitise(html)


@given(BODY_HTML, st.data())
def test_the_elements_of_a_part_hold_its_words_letter_by_letter(html, data):
    text = plain_text(html)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    body = marked(html, (start, end))
    quoted_text = "".join(plain_text(words) for words in Q.findall(body))
    assert quoted_text.replace("\n", "") == text[start:end].replace("\n", "")
    assert all("<" not in words for words in Q.findall(body))


def test_a_quote_across_tags_is_several_elements_with_one_id():
    html = marked("<p>“A <em>very</em> long</p>\n<p>day.”</p>", (1, 17))
    assert Q.findall(html) == ["A ", "very", " long", "day"]
    assert html.count("id=") == 1
    assert html.index("id=") < html.index("A ")


def test_of_two_that_overlap_the_later_one_is_left_out():
    marks = [Mark("late", "B", "/b/", [(4, 11)]), Mark("early", "A", "/a/", [(0, 7), (8, 11)])]
    html = with_quotes("<p>one two three</p>", marks)
    assert Q.findall(html) == ["one two", "thr"]
    assert "late" not in html


@pytest.mark.parametrize("part", [(5, 5), (7, 3), (40, 50)])
def test_a_part_that_holds_nothing_marks_nothing(part):
    assert marked("<p>Seal.</p>", part) == "<p>Seal.</p>"


def test_who_and_where_are_escaped():
    html = with_quotes("<p>Seal.</p>", [Mark("k", '"><script>', '/"onx', [(0, 4)])])
    assert 'data-who="&quot;&gt;&lt;script&gt;"' in html
    assert 'cite="/&quot;onx"' in html


def test_a_body_of_nothing_but_quotes_takes_linear_time():
    def seconds(count: int) -> float:
        html = "<p>ab &amp; <em>c</em></p>\n" * count
        parts = [(n * 8, n * 8 + 5) for n in range(count)]
        started = time.process_time()
        assert marked(html, *parts).count("</q>") >= count
        return time.process_time() - started

    small = min(seconds(1_000) for _ in range(3))
    assert min(seconds(10_000) for _ in range(3)) < 40 * small + 0.5


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("We pay,", "direct", "“We pay”"),
        ("We pay, … and we stay.", "direct", "“We pay … and we stay.”"),
        ("too much, too late", "partial", "“too much, too late”"),
        ("the fee would rise,", "indirect", "the fee would rise,"),
    ],
)
def test_words_are_printed_in_marks_without_the_comma_before_one(text, kind, expected):
    assert add_quotation_marks(text, kind) == expected
