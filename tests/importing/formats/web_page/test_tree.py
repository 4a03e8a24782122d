"""A page is read in the encoding that fits it."""

import pytest

from articles.importing.formats.web_page.tree import page_text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("é€".encode("utf-16"), "é€"),
        (b'<meta charset="windows-1252">caf\xe9 \x80', "café €"),
        (
            b'<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">\x93\xfa\x96{',
            "日本",
        ),
        ('<meta charset="iso-8859-1">café'.encode(), "café"),  # saved anew by a program
        (b'<meta charset="rot13">caf\xe9', "café"),
        (b"caf\xe9\x81", "café"),
    ],
)
def test_the_encoding_is_the_one_that_fits(data: bytes, text: str) -> None:
    assert page_text(data)[0].endswith(text)
