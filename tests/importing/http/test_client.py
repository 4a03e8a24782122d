"""What is fetched comes from the public Internet, is not endless, and ends in time."""

import gzip
import socket
import time
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from articles.importing.http.client import Fetched, fetch
from articles.importing.http.ssrf import FetchError, check, resolve
from tests.importing.web import send, serving


def fetch_from(answer: Callable[[Any], None], path: str = "/feed", **options: Any) -> Fetched:
    """Fetch from a server that answers so."""
    with serving(answer) as netloc:
        values = dict[str, Any](timeout=5, allow_private={netloc}) | options
        return fetch(f"http://{netloc}{path}", agent="Test/1", **values)


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
    infos = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in answers]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: infos)
    with pytest.raises(FetchError):
        resolve("a.example", 80)


def test_a_name_is_asked_for_once_and_the_connection_goes_where_it_led(monkeypatch) -> None:
    hosts, connected = [], []

    def answer(host: str, port: int, **_: Any) -> list[Any]:
        hosts.append(host)
        address = "8.8.8.8" if len(hosts) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        connected.append(address)
        raise ConnectionRefusedError("refused")

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(FetchError, match="refused"):
        fetch("http://a.example/", agent="Test/1")
    assert hosts == ["a.example"]
    assert connected == [("8.8.8.8", 80)]


def test_an_answer_comes_with_what_the_next_visit_needs() -> None:
    headers: dict[str, str] = {}

    def answer(handler: Any) -> None:
        headers.update(handler.headers)
        headers["path"] = handler.path
        send(handler, 200, b"<rss/>", ETag='"a"', Last_Modified="Mon", Content_Type="text/xml")

    fetched = fetch_from(answer, "/å?q=1#x", etag='"b"', last_modified="Sun", accept="text/xml")
    assert (fetched.status, fetched.body, fetched.etag, fetched.last_modified) == (
        200,
        b"<rss/>",
        '"a"',
        "Mon",
    )
    assert fetched.content_type == "text/xml"
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == ('"b"', "Sun")
    assert (headers["User-Agent"], headers["Accept"]) == ("Test/1", "text/xml")
    assert headers["path"] == "/%C3%A5?q=1"


@pytest.mark.parametrize("status", [204, 304, 404, 410, 429, 500, 503])
def test_another_status_has_no_body(status: int) -> None:
    fetched = fetch_from(lambda handler: send(handler, status, Retry_After="120"))
    assert (fetched.status, fetched.body, fetched.retry_after) == (status, b"", "120")


@pytest.mark.parametrize(
    ("compressed", "encoding"),
    [
        (gzip.compress(b"news" * 9, mtime=0), "gzip"),
        (zlib.compress(b"news" * 9), "deflate"),
        (zlib.compress(b"news" * 9)[2:-4], "deflate"),
        (b"news" * 9, "identity"),
    ],
)
def test_a_packed_body_is_unfolded(compressed: bytes, encoding: str) -> None:
    fetched = fetch_from(lambda handler: send(handler, 200, compressed, Content_Encoding=encoding))
    assert fetched.body == b"news" * 9


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
        fetch_from(lambda handler: send(handler, 200, body, **headers))


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
    started = time.monotonic()
    with pytest.raises(FetchError, match="too long"):
        fetch_from(lambda handler: dripping(handler, headers=headers), timeout=0.5)
    assert time.monotonic() - started < 2


def test_an_endless_body_is_left_at_its_limit() -> None:
    def endless(handler: Any) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 65_536)

    with pytest.raises(FetchError, match="more than 1 MB"):
        fetch_from(endless, limit=1_000_000)


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
        fetch_from(lambda handler: send(handler, 302, Location=location))


def test_a_permanent_redirect_is_told_and_a_passing_one_is_not() -> None:
    def answer(status: int) -> Callable[[Any], None]:
        def respond(handler: Any) -> None:
            if handler.path == "/new":
                return send(handler, 200, b"here")
            return send(handler, status, Location="/new")

        return respond

    fetched = fetch_from(answer(301))
    assert fetched.body == b"here"
    assert fetched.moved_to.endswith("/new")
    assert fetched.url == fetched.moved_to
    assert fetch_from(answer(302)).moved_to == ""


def test_a_server_without_tls_is_not_spoken_to_as_if_it_had() -> None:
    with serving(send) as netloc, pytest.raises(FetchError, match="cannot be read|too long"):
        fetch(f"https://{netloc}/", agent="Test/1", allow_private={netloc}, timeout=3)


def test_what_would_break_a_header_is_not_sent() -> None:
    with pytest.raises(FetchError, match="header"):
        fetch("http://8.8.8.8/", agent="Test/1", etag='"a"\r\nX: y')
