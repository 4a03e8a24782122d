"""newsroom/values.py: each function reads its value or says what to write."""

import pytest

from newsroom import values

GOOD = [
    (values.flag, "Yes", True),
    (values.flag, "0", False),
    (values.mode, "demo", "demo"),
    (values.hsts, "preload", "preload"),
    (values.log_level, "warning", "WARNING"),
    (values.comma_list, " a, ,b ", ["a", "b"]),
    (values.base_url, "HTTPS://News.Example/", "https://news.example"),
    (values.base_url, "http://127.0.0.1:8000", "http://127.0.0.1:8000"),
    (values.base_url, "http://[::1]:8000", "http://[::1]:8000"),
    (values.seconds, "0.5", 0.5),
    (values.seconds, "30", 30.0),
    (values.seconds, "0", None),
    (values.colour, "#8A1538", "#8a1538"),
    (values.language, "en-GB", "en-gb"),
    (values.time_zone, "Pacific/Kiritimati", "Pacific/Kiritimati"),
]
BAD = [
    (values.flag, "maybe"),
    (values.mode, "Demo"),
    (values.hsts, "always"),
    (values.log_level, "LOUD"),
    (values.secret_key, "short"),
    (values.secret_key, "a" * 60),
    (values.secret_key, "django-insecure-" + "0123456789abcdef" * 4),
    (values.secret_key, "replace-me-0123456789-abcdefghijklmnopqrstuvwxyz-replace-me"),
    (values.base_url, ""),
    (values.base_url, "news.example"),
    (values.base_url, "ftp://news.example"),
    (values.base_url, "https://"),
    (values.base_url, "https://:443"),
    (values.base_url, "https://news.example/paper"),
    (values.base_url, "https://news.example//"),
    (values.base_url, "https://me@news.example"),
    (values.base_url, "https://news.example?a"),
    (values.base_url, "https://news.example#a"),
    (values.base_url, "https://news example"),
    (values.base_url, "https://news.example:x"),
    (values.base_url, "http://[::1"),
    (values.seconds, "soon"),
    (values.seconds, "-1"),
    (values.seconds, "nan"),
    (values.seconds, "0.001"),
    (values.seconds, "3601"),
    (values.seconds, "1s"),
    (values.colour, "red"),
    (values.colour, "#12345"),
    (values.colour, "#12345g;"),
    (values.language, "english"),
    (values.language, "en_GB"),
    (values.time_zone, "Mars/Olympus"),
    (values.time_zone, "../etc/passwd"),
    (values.time_zone, ""),
]


@pytest.mark.parametrize(("parse", "text", "value"), GOOD)
def test_a_good_value_is_read(parse, text, value):
    assert parse(text) == value


@pytest.mark.parametrize(("parse", "text"), BAD)
def test_a_bad_value_is_refused_saying_what_to_write(parse, text):
    with pytest.raises(ValueError, match=r"such as|or|random"):
        parse(text)


def test_a_random_key_is_accepted():
    key = "Wb7fQ0mJx2Lk9Vt4Rz8Yc1Hn6Ps3Dg5Aq-EuTiOyXwCvBoMlKj"
    assert values.secret_key(key) == key


@pytest.mark.parametrize("text", ["de", "DE-at", "pt-br"])
def test_language_is_one_that_there_are_words_for(text: str) -> None:
    assert values.language(text, {"de", "pt-br"}) == text.lower()


@pytest.mark.parametrize("text", ["yo", "pt", "de_AT", "", "deutsch!"])
def test_language_without_words_says_what_to_write(text: str) -> None:
    with pytest.raises(ValueError, match=r"such as en-gb"):
        values.language(text, {"de", "pt-br"})
