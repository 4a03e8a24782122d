"""The text of a WordPress post stands in the paragraphs that its readers saw, without shortcodes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.formats.wordpress.autop import wordpress_to_html
from articles.text.html.plain import plain_text
from articles.text.html.sanitize import sanitise
from tests.growth import assert_linear


def cleaned_html(text: str) -> str:
    return sanitise(wordpress_to_html(text)[0])


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One.\nTwo.\n\nThree.", "<p>One.<br>Two.</p>\n<p>Three.</p>"),
        ("One.\r\n \r\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        ("<p>One\ntwo.</p>\n<p>Three.</p>", "<p>One<br>two.</p>\n<p>Three.</p>"),
        ("A <b>b</b> c\n<i>d</i> e", "<p>A <strong>b</strong> c<br><em>d</em> e</p>"),
        (
            "<ul>\n<li>One</li>\n<li>Two</li>\n</ul>\nEnd",
            "<ul>\n<li>One</li>\n<li>Two</li>\n</ul>\n<p>End</p>",
        ),
        ("One<!--more Read on-->Two", "<p>One</p>\n<p>Two</p>"),
        ("One<br />\nTwo", "<p>One<br>Two</p>"),
        ("<em>One\n\nTwo</em>", "<p><em>One</em></p>\n<p><em>Two</em></p>"),
        ("<!-- wp:paragraph --><p>One\ntwo</p><!-- /wp:paragraph -->", "<p>One two</p>"),
        (
            "[sic] [The minister] said [he was], 4 [5]",
            "<p>[sic] [The minister] said [he was], 4 [5]</p>",
        ),
        ('[vc_row][vc_column width="1/2"]One[/vc_column][/vc_row]', "<p>One</p>"),
        ("[gallery]One[youtube id=7]", "<p>One</p>"),
        ("[[gallery]]", "<p>[gallery]</p>"),
        ('[ad slot="1" /]One', "<p>One</p>"),
        (
            "[embed]https://a.example/?b=1&c=2[/embed]",
            '<p><a href="https://a.example/?b=1&amp;c=2">https://a.example/?b=1&amp;c=2</a></p>',
        ),
    ],
)
def test_a_text_is_shown_as_wordpress_shows_it(text: str, html: str) -> None:
    assert cleaned_html(text) == html


@given(st.text("ab \n[]/<>=\"'-!pm", max_size=60))
def test_no_letter_of_a_plain_text_is_lost(text: str) -> None:
    words = text.translate(dict.fromkeys(map(ord, "[]<>")))
    assert plain_text(cleaned_html(words)).split() == words.split()
    assert sanitise(cleaned_html(text)) == cleaned_html(text)


@pytest.mark.parametrize(
    "fragment",
    [
        "[a ",
        '[a b="',
        "[[a]",
        "[embed]http://",
        "<!--more ",
        "<!--",
        " \n",
        "\n\n",
        "  ",
        "<p>\n",
        "[/a]",
    ],
)
def test_a_megabyte_of_anything_takes_linear_time(fragment: str) -> None:
    assert_linear(lambda size: wordpress_to_html(fragment * (size // len(fragment))), 1_000_000)
