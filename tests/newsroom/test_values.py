"""newsroom/values.py: each function reads its value or says what to write."""

import pytest

from newsroom import values

GOOD = [
    (values.flag, "Yes", True),
    (values.flag, "0", False),
    (values.mode, "demo", "demo"),
    (values.hsts, "preload", "preload"),
    (values.log_level, "warning", "WARNING"),
    (values.words, " a, ,b ", ["a", "b"]),
    (values.base_url, "HTTPS://News.Example/", "https://news.example"),
    (values.base_url, "http://127.0.0.1:8000", "http://127.0.0.1:8000"),
    (values.base_url, "http://[::1]:8000", "http://[::1]:8000"),
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
