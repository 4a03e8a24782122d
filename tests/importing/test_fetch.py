"""What is fetched comes from the public Internet, is not endless, and ends in time."""

import gzip
import socket
import time
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from articles.importing.fetch import Fetched, fetch
from articles.importing.guard import FetchError, check, resolve
from tests.importing.web import send, serving


def ask(answer: Callable[[Any], None], path: str = "/feed", **options: Any) -> Fetched:
    """Fetch from a server that answers so."""
    with serving(answer) as place:
        options = {"timeout": 5, "allow_private": {place}} | options
        return fetch(f"http://{place}{path}", agent="Test/1", **options)


@pytest.mark.parametrize(
    "url",
    [
        *("file:///etc/passwd", "gopher://a.example/", "ftp://a.example/", "//a.example/", "", "a"),
        *("http://", "http:///x", "http://u:p@a.example/", "http://a.example\\@b/", "http://[::1"),
        *("http://a.example:22/", "http://a.example:0/", "http://a.example:99999/", "http://a b/"),
        *("http://127.0.0.1/", "http://0.0.0.0/", "http://169.254.169.254/", "http://10.0.0.1/"),
        *(
            "http://100.64.0.1/",
            "http://224.0.0.1/",
            "http://255.255.255.255/",
            "http://240.0.0.1/",
        ),
        *("http://[::1]/", "http://[::]/", "http://[fe80::1]/", "http://[fc00::1]/"),
        *("http://[::ffff:127.0.0.1]/", "http://[::ffff:8.8.8.8]/", "http://[::127.0.0.1]/"),
        *("http://[64:ff9b::7f00:1]/", "http://[64:ff9b:1::1]/", "http://[2002:7f00:1::]/"),
        *("http://[2001::1]/", "http://[ff02::1]/", "http://[fe80::1%25eth0]/"),
        *("http://0x7f.1/", "http://2130706433/", "http://0177.0.0.1/", "http://127.1/"),
        *("http://8.8/", "http://0x08080808/", "http://a.example/\r\nX: y", "http://a\x00b/"),
    ],
)
def test_what_is_no_address_of_the_public_web_is_refused_unasked(url: str, monkeypatch) -> None:
    monkeypatch.setattr(socket, "create_connection", lambda *a, **k: pytest.fail("asked"))
    with pytest.raises(FetchError, match=r"\.$"):
        fetch(url, agent="Test/1")


@pytest.mark.parametrize(
    "url",
    [
        *("https://a.example/x?y=[z]", "http://8.8.8.8/", "http://a.example:8080/"),
        *("http://[2606:4700::1]/", "http://[64:ff9b::808:808]/", "https://dvergastein.example/å"),
    ],
)
def test_an_address_of_the_public_web_is_let_through(url: str) -> None:
    assert check(url).hostname


@pytest.mark.parametrize("answers", [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["::1"], []])
def test_a_name_that_leads_inside_is_refused(answers: list[str], monkeypatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 80)) for one in answers]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: found)
    with pytest.raises(FetchError):
        resolve("a.example", 80)


def test_a_name_is_asked_for_once_and_the_connection_goes_where_it_led(monkeypatch) -> None:
    asked, connected = [], []

    def answer(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        address = "8.8.8.8" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        connected.append(address)
        raise ConnectionRefusedError("refused")

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(FetchError, match="refused"):
        fetch("http://a.example/", agent="Test/1")
    assert asked == ["a.example"]
    assert connected == [("8.8.8.8", 80)]


def test_an_answer_comes_with_what_the_next_visit_needs() -> None:
    heard: dict[str, str] = {}

    def answer(handler: Any) -> None:
        heard.update(handler.headers)
        heard["path"] = handler.path
        send(handler, 200, b"<rss/>", ETag='"a"', Last_Modified="Mon", Content_Type="text/xml")

    got = ask(answer, "/å?q=1#x", etag='"b"', last_modified="Sun", accept="text/xml")
    assert (got.status, got.body, got.etag, got.last_modified) == (200, b"<rss/>", '"a"', "Mon")
    assert got.content_type == "text/xml"
    assert (heard["If-None-Match"], heard["If-Modified-Since"]) == ('"b"', "Sun")
    assert (heard["User-Agent"], heard["Accept"]) == ("Test/1", "text/xml")
    assert heard["path"] == "/%C3%A5?q=1"


@pytest.mark.parametrize("status", [204, 304, 404, 410, 429, 500, 503])
def test_another_status_has_no_body(status: int) -> None:
    got = ask(lambda handler: send(handler, status, Retry_After="120"))
    assert (got.status, got.body, got.retry_after) == (status, b"", "120")


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [
        (gzip.compress(b"news" * 9, mtime=0), "gzip"),
        (zlib.compress(b"news" * 9), "deflate"),
        (zlib.compress(b"news" * 9)[2:-4], "deflate"),
        (b"news" * 9, "identity"),
    ],
)
def test_a_packed_body_is_unfolded(packed: bytes, encoding: str) -> None:
    got = ask(lambda handler: send(handler, 200, packed, Content_Encoding=encoding))
    assert got.body == b"news" * 9


@pytest.mark.parametrize(
    ("body", "headers", "reason"),
    [
        (
            gzip.compress(b"0" * 30_000_000, mtime=0),
            {"Content_Encoding": "gzip"},
            "more than|unfolds",
        ),
        (gzip.compress(b"0" * 5_000_000, mtime=0), {"Content_Encoding": "gzip"}, "unfolds"),
        (gzip.compress(b"news", mtime=0)[:-4], {"Content_Encoding": "gzip"}, "part"),
        (b"not packed", {"Content_Encoding": "gzip"}, "cannot be read"),
        (b"x", {"Content_Encoding": "br"}, "unasked"),
        (b"x" * 11_000_000, {}, "more than 10 MB"),
        (b"short", {"Content_Length": "50"}, "ended before"),
        (b"zz\r\n", {"Transfer_Encoding": "chunked", "Content_Length": "4"}, "cannot be read"),
        (b"", {f"X-{n}": "x" for n in range(120)}, "cannot be read"),
        (b"", {"X": "x" * 70_000}, "cannot be read"),
    ],
)
def test_a_body_that_is_not_what_it_says_is_refused(
    body: bytes, headers: dict[str, str], reason: str
) -> None:
    with pytest.raises(FetchError, match=reason):
        ask(lambda handler: send(handler, 200, body, **headers))


def dripping(handler: Any, *, headers: bool) -> None:
    if not headers:
        handler.send_response(200)
        handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b"H")
        handler.wfile.flush()
        time.sleep(0.05)


@pytest.mark.parametrize("headers", [True, False])
def test_a_server_that_drips_is_left_at_the_deadline(headers: bool) -> None:
    began = time.monotonic()
    with pytest.raises(FetchError, match="too long"):
        ask(lambda handler: dripping(handler, headers=headers), timeout=0.5)
    assert time.monotonic() - began < 2


def test_an_endless_body_is_left_at_its_limit() -> None:
    def endless(handler: Any) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 65_536)

    with pytest.raises(FetchError, match="more than 1 MB"):
        ask(endless, limit=1_000_000)


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://169.254.169.254/latest/", "public"),
        ("http://127.0.0.1:8080/", "public"),
        ("http://[::1]/", "public"),
        ("file:///etc/passwd", "begin with"),
        ("//10.0.0.1/", "public"),
        ("http://[", "no address"),
        ("/again", "more than 5 times"),
    ],
)
def test_each_redirect_is_checked_anew(location: str, reason: str) -> None:
    with pytest.raises(FetchError, match=reason):
        ask(lambda handler: send(handler, 302, Location=location))


def test_a_permanent_redirect_is_told_and_a_passing_one_is_not() -> None:
    def answer(status: int) -> Callable[[Any], None]:
        def once(handler: Any) -> None:
            if handler.path == "/new":
                return send(handler, 200, b"here")
            return send(handler, status, Location="/new")

        return once

    got = ask(answer(301))
    assert got.body == b"here"
    assert got.moved_to.endswith("/new")
    assert got.url == got.moved_to
    assert ask(answer(302)).moved_to == ""


def test_a_server_without_tls_is_not_spoken_to_as_if_it_had() -> None:
    with serving(send) as place, pytest.raises(FetchError, match="cannot be read|too long"):
        fetch(f"https://{place}/", agent="Test/1", allow_private={place}, timeout=3)


def test_what_would_break_a_header_is_not_sent() -> None:
    with pytest.raises(FetchError, match="header"):
        fetch("http://8.8.8.8/", agent="Test/1", etag='"a"\r\nX: y')
