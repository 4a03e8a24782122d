"""How much is read, how long, over how many redirects: to the byte, and no further than said."""

import gzip
import socket
import ssl
import zlib
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from articles.importing.http import client
from articles.importing.http.client import fetch
from articles.importing.http.ssrf import FetchError
from tests.importing.http.test_client import fetch_from
from tests.importing.web import send


def packed(body: bytes, size: int) -> bytes:
    """Return ``body`` in ``size`` bytes of gzip: what is left over is the name of a file."""
    compressor = zlib.compressobj(9, wbits=-15)
    data = compressor.compress(body) + compressor.flush()
    tail = zlib.crc32(body).to_bytes(4, "little") + len(body).to_bytes(4, "little")
    head = b"\x1f\x8b\x08\x08\0\0\0\0\x02\xff"
    return head + b"n" * (size - len(head) - 1 - len(data) - len(tail)) + b"\0" + data + tail


def body_of(body: bytes, **options: Any) -> bytes:
    """Return what is fetched from a server that sends ``body``; ``encoding`` says how it is packed."""
    headers = {"Content_Encoding": options.pop("encoding")} if "encoding" in options else {}
    return fetch_from(lambda handler: send(handler, 200, body, **headers), **options).body


def test_a_body_of_ten_million_bytes_is_read_and_one_more_is_not() -> None:
    body = b"x" * 10_000_000
    assert body_of(body) == body
    with pytest.raises(FetchError, match="more than 10 MB"):
        body_of(body + b"x")


def test_a_packed_body_counts_as_it_unfolds() -> None:
    body = b"x" * 1_000_000
    assert body_of(gzip.compress(body), encoding="gzip", limit=1_000_000) == body
    with pytest.raises(FetchError, match="more than 1 MB"):
        body_of(gzip.compress(body + b"x"), encoding="gzip", limit=1_000_000)


def test_a_packed_body_counts_as_it_comes_in_too() -> None:
    assert body_of(packed(b"news", 70_000), encoding="gzip", limit=70_000) == b"news"
    with pytest.raises(FetchError, match="more than 0 MB"):
        body_of(packed(b"news", 70_001), encoding="gzip", limit=70_000)


def test_a_byte_unfolds_to_two_hundred_beyond_the_first_megabyte() -> None:
    body = b"0" * 5_000_000
    assert body_of(packed(body, 20_000), encoding="gzip") == body
    for unfolded, size in ((body, 19_999), (body + b"0", 20_000)):
        with pytest.raises(FetchError, match="unfolds without end"):
            body_of(packed(unfolded, size), encoding="gzip")


def test_time_that_unfolding_takes_counts(monkeypatch) -> None:
    clock = SimpleNamespace(now=0.0)
    unfold = client._Decompressor.decompress

    def unfold_slowly(self: Any, chunk: bytes, max_length: int) -> bytes:
        clock.now += 10
        return unfold(self, chunk, max_length)

    monkeypatch.setattr(client, "time", SimpleNamespace(monotonic=lambda: clock.now))
    monkeypatch.setattr(client._Decompressor, "decompress", unfold_slowly)
    assert body_of(b"news", timeout=11) == b"news"
    with pytest.raises(FetchError, match="took too long"):
        body_of(b"news", timeout=10)


def redirecting(times: int, status: int) -> Callable[[Any], None]:
    """Send on ``times`` times from ``/0``, then answer."""

    def answer(handler: Any) -> None:
        number = int(handler.path[1:])
        if number < times:
            return send(handler, status, Location=f"/{number + 1}")
        return send(handler, 200, b"here")

    return answer


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_five_redirects_are_followed_and_no_sixth(status: int) -> None:
    fetched = fetch_from(redirecting(5, status), "/0")
    assert fetched.body == b"here"
    assert fetched.moved_to.endswith("/5") is (status in (301, 308))
    with pytest.raises(FetchError, match="more than 5 times"):
        fetch_from(redirecting(6, status), "/0")


@pytest.mark.parametrize("status", [300, 304, 305])
def test_nothing_else_sends_us_on(status: int) -> None:
    assert fetch_from(lambda handler: send(handler, status, Location="/x")).status == status


def test_what_moved_for_good_is_told_up_to_where_it_moved_for_a_time() -> None:
    def answer(handler: Any) -> None:
        target = {"/0": (301, "/1"), "/1": (302, "/2"), "/2": (301, "/3")}.get(handler.path)
        if target:
            return send(handler, target[0], Location=target[1])
        return send(handler, 200, b"here")

    fetched = fetch_from(answer, "/0")
    assert fetched.moved_to.endswith("/1")
    assert fetched.url.endswith("/3")


@pytest.mark.parametrize(
    ("header", "field", "length"),
    [
        ("ETag", "etag", 500),
        ("Last-Modified", "last_modified", 100),
        ("Content-Type", "content_type", 200),
        ("Retry-After", "retry_after", 100),
    ],
)
def test_a_header_that_is_too_long_or_cannot_be_printed_is_none(
    header: str, field: str, length: int
) -> None:
    def value_of(value: str) -> str:
        headers: dict[str, Any] = {header: value}
        return getattr(fetch_from(lambda handler: send(handler, 200, **headers)), field)

    assert value_of("x" * length) == "x" * length
    assert value_of("x" * (length + 1)) == ""
    assert value_of("a\x7fb") == ""


def test_an_address_of_two_thousand_letters_is_gone_to_and_a_longer_one_is_not() -> None:
    def fetched(length: int) -> Any:
        target = "/" + "x" * (length - 1)

        def answer(handler: Any) -> None:
            if handler.path == target:
                return send(handler, 200, b"here")
            return send(handler, 302, Location=target)

        return fetch_from(answer)

    assert fetched(2000).body == b"here"
    assert fetched(2001).status == 302


@pytest.mark.parametrize("letter", ["\x1f", "\n", "Ā"])
def test_a_letter_that_no_header_may_have_is_not_sent(letter: str, monkeypatch) -> None:
    monkeypatch.setattr(socket, "create_connection", lambda *a, **k: pytest.fail("asked"))
    with pytest.raises(FetchError, match="A header cannot be sent"):
        fetch("http://8.8.8.8/", agent="Test/1", etag=f"a{letter}b")


def test_every_other_letter_is_sent() -> None:
    tags: list[str] = []

    def answer(handler: Any) -> None:
        tags.append(handler.headers["If-None-Match"])
        send(handler, 200)

    fetch_from(answer, etag="a bÿ")
    assert tags == ["a bÿ"]


@pytest.fixture
def wire(monkeypatch):
    """Let a canned answer come from wherever is asked; give the other end of the line."""
    ours, theirs = socket.socketpair()
    monkeypatch.setattr(socket, "create_connection", lambda *a, **k: ours)
    context = SimpleNamespace(wrap_socket=lambda raw, server_hostname: raw)
    monkeypatch.setattr(ssl, "create_default_context", lambda: context)
    yield theirs
    theirs.close()


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://8.8.8.8/", "8.8.8.8"),
        ("https://8.8.8.8/", "8.8.8.8"),
        ("http://8.8.8.8:443/", "8.8.8.8:443"),
        ("https://8.8.8.8:80/", "8.8.8.8:80"),
    ],
)
def test_a_port_is_named_unless_it_is_that_of_the_scheme(url: str, host: str, wire) -> None:
    wire.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    fetch(url, agent="Test/1")
    assert f"\r\nHost: {host}\r\n" in wire.recv(4096).decode()


def test_a_redirect_from_https_to_http_is_not_followed(wire) -> None:
    wire.sendall(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: http://8.8.4.4/\r\n\r\n")
    with pytest.raises(FetchError, match="from https on to http"):
        fetch("https://8.8.8.8/", agent="Test/1")


def test_a_socket_waits_for_the_time_that_is_left_and_not_when_none_is(monkeypatch) -> None:
    ours, theirs = socket.socketpair()
    monkeypatch.setattr(client, "time", SimpleNamespace(monotonic=lambda: 10.0))
    with ours, theirs:
        assert client._DeadlineSocket(ours, 10.5).with_timeout().gettimeout() == 0.5
        for ends_at in (10.0, 9.0):
            with pytest.raises(TimeoutError):
                client._DeadlineSocket(ours, ends_at).with_timeout()


def test_a_line_without_tls_is_closed_and_had_only_the_time_that_is_left(monkeypatch) -> None:
    ours, theirs = socket.socketpair()
    timeouts: list[float | None] = []

    def refuse(raw: socket.socket, server_hostname: str) -> None:
        timeouts.append(raw.gettimeout())
        raise ssl.SSLError("no TLS here")

    monkeypatch.setattr(socket, "create_connection", lambda *a, **k: ours)
    context = SimpleNamespace(wrap_socket=refuse)
    monkeypatch.setattr(ssl, "create_default_context", lambda: context)
    with theirs, pytest.raises(FetchError, match="no TLS here"):
        fetch("https://8.8.8.8/", agent="Test/1", timeout=7)
    assert ours.fileno() == -1
    assert timeouts[0] is not None
    assert 0 < timeouts[0] <= 7


def test_of_an_unknown_way_of_packing_twenty_letters_are_told() -> None:
    with pytest.raises(FetchError, match=rf"packs its answer as '{'x' * 20}', unasked"):
        body_of(b"news", encoding="x" * 21)
