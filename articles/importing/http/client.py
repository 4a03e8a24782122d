"""Fetch one address over HTTP, guarded: only from hosts of the public Internet, only so much, only so long.

A name is resolved once, every address of it has to be public, and the connection goes to exactly the address that was
checked: a second answer of the DNS changes nothing. Each redirect is checked anew.
Sources: RFC 9110, https://owasp.org/www-community/attacks/Server_Side_Request_Forgery
"""

import io
import socket
import ssl
import time
import zlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any
from urllib.parse import quote, urljoin

from .ssrf import FetchError, ascii_host, check, port_of, resolve

MAX_REDIRECTS = 5
PERMANENT, REDIRECTS = {301, 308}, {301, 302, 303, 307, 308}
_CHUNK = 65_536
_RATIO = 200  # how many bytes one compressed byte may become, beyond the first megabyte


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server answered. ``status`` may be any; ``body`` is decompressed, and empty but for a status of 200.

    ``url`` is where it came from after redirects; ``moved_to`` is where permanent redirects alone have led, else empty.
    ``retry_after`` is the server's own word.
    """

    status: int
    body: bytes = b""
    etag: str = ""
    last_modified: str = ""
    url: str = ""
    content_type: str = ""
    moved_to: str = ""
    retry_after: str = ""


def fetch(
    url: str,
    *,
    agent: str,
    etag: str = "",
    last_modified: str = "",
    limit: int = 10_000_000,
    timeout: float = 20,
    accept: str = "",
    allow_private: Collection[str] = (),
) -> Fetched:
    """Return what the server at ``url`` answers, after 5 redirects at most. Raises FetchError.

    ``timeout`` is seconds in all, ``limit`` bytes of the body (decompressed). ``allow_private`` are ``host:port`` that
    need not be public: for tests on this computer.
    """
    headers = {"User-Agent": agent, "Accept": accept or "*/*", "Accept-Encoding": "gzip, deflate"}
    headers |= {"If-None-Match": etag} if etag else {}
    headers |= {"If-Modified-Since": last_modified} if last_modified else {}
    if any(ord(letter) < 32 or ord(letter) > 255 for value in headers.values() for letter in value):
        raise FetchError("A header cannot be sent: it holds a letter that no header may have.")
    ends_at, moved_to, is_permanent = time.monotonic() + timeout, "", True
    for _ in range(MAX_REDIRECTS + 1):
        request = _Request(url, headers | {"Connection": "close"}, limit, ends_at, allow_private)
        fetched, location = request.run()
        if fetched.status not in REDIRECTS or not location:
            return replace(fetched, moved_to=moved_to)
        is_permanent = is_permanent and fetched.status in PERMANENT
        url = _redirect_target(url, location)
        moved_to = url if is_permanent else moved_to
    raise FetchError(f"The server sends us on more than {MAX_REDIRECTS} times.")


def _redirect_target(url: str, location: str) -> str:
    """Return the address that a redirect leads to, without its fragment."""
    try:
        target = urljoin(url, location.strip()).partition("#")[0]
    except ValueError as error:
        raise FetchError("The server sends us on to what is no address.") from error
    if url.lower().startswith("https:") and target.lower().startswith("http:"):
        raise FetchError("The server sends us from https on to http, which is not safe.")
    return target


class _Request:
    """One request to one checked address; over at ``ends_at`` (of the monotonic clock)."""

    def __init__(
        self,
        url: str,
        headers: dict[str, str],
        limit: int,
        ends_at: float,
        allow_private: Collection[str],
    ) -> None:
        self.url, self.headers, self.limit, self.ends_at = url, headers, limit, ends_at
        self.parts = check(url, allow_private)
        self.host, self.port = ascii_host(self.parts), port_of(self.parts)
        self.allow_private = allow_private

    def run(self) -> tuple[Fetched, str]:
        """Return the answer and its ``Location``."""
        try:
            with self._connect() as sock:
                return self._send(sock)
        except FetchError:
            raise
        except ssl.SSLCertVerificationError as error:
            reason = error.verify_message
            raise FetchError(f"The certificate of {self.host} is not good: {reason}.") from error
        except TimeoutError as error:
            raise FetchError(f"{self.host} took too long to answer.") from error
        except (OSError, HTTPException, ValueError, zlib.error) as error:
            message = str(error)[:150] or type(error).__name__
            raise FetchError(f"{self.host} cannot be read: {message}.") from error

    def _connect(self) -> socket.socket:
        """Return a socket to an address that was checked, TLS for the name of the host on it."""
        raw = self._first_that_answers(resolve(self.host, self.port, self.allow_private))
        if self.parts.scheme == "http":
            return raw
        try:
            raw.settimeout(self._seconds_left())
            return ssl.create_default_context().wrap_socket(raw, server_hostname=self.host)
        except BaseException:
            raw.close()
            raise

    def _first_that_answers(self, addresses: list[str]) -> socket.socket:
        for number, address in enumerate(addresses, 1):
            try:
                return socket.create_connection((address, self.port), timeout=self._seconds_left())
            except OSError:
                if number == len(addresses):
                    raise
        raise FetchError(f"{self.host} has no address.")

    def _send(self, sock: socket.socket) -> tuple[Fetched, str]:
        connection = HTTPConnection(self.host, self.port)
        connection.default_port = 443 if self.parts.scheme == "https" else 80
        connection.sock = _DeadlineSocket(sock, self.ends_at)
        path = quote(self.parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        query = quote(self.parts.query, safe="/%:@!$&'()*+,;=~-._?[]")
        connection.request("GET", path + (f"?{query}" if query else ""), headers=self.headers)
        response = connection.getresponse()
        fetched = Fetched(
            status=response.status,
            body=self._body(response) if response.status == 200 else b"",
            etag=_header(response, "ETag", 500),
            last_modified=_header(response, "Last-Modified", 100),
            url=self.url,
            content_type=_header(response, "Content-Type", 200),
            retry_after=_header(response, "Retry-After", 100),
        )
        return fetched, _header(response, "Location", 2000)

    def _body(self, response: HTTPResponse) -> bytes:
        """Return the body, counted as it comes in and as it unfolds."""
        decompressor = _Decompressor((response.getheader("Content-Encoding") or "").strip().lower())
        body, sent = bytearray(), 0
        while chunk := response.read(_CHUNK):
            sent += len(chunk)
            body += decompressor.decompress(chunk, self.limit + 1 - len(body))
            if len(body) > self.limit or sent > self.limit:
                raise FetchError(f"{self.host} sends more than {self.limit // 1_000_000} MB.")
            if len(body) > 1_000_000 + sent * _RATIO:
                raise FetchError(f"{self.host} sends a body that unfolds without end.")
            self._seconds_left()
        if response.length:
            raise FetchError(f"{self.host} ended before all was sent.")
        if not decompressor.is_whole:
            raise FetchError(f"{self.host} sent only a part of what it had compressed.")
        return bytes(body)

    def _seconds_left(self) -> float:
        """Return the seconds that are left. Raises TimeoutError when none are."""
        seconds = self.ends_at - time.monotonic()
        if seconds <= 0:
            raise TimeoutError
        return seconds


class _DeadlineSocket:
    """A socket for ``http.client`` whose every read and write is over at ``ends_at``, however slowly bytes drip."""

    def __init__(self, sock: socket.socket, ends_at: float) -> None:
        self.sock, self.ends_at = sock, ends_at

    def makefile(self, *_: Any) -> io.BufferedReader:
        """Return what the answer is read from."""
        return io.BufferedReader(_DeadlineReader(self))

    def sendall(self, data: bytes) -> None:
        """Send the request."""
        self.with_timeout().sendall(data)

    def close(self) -> None:
        """Leave the socket to the visit, which closes it."""

    def with_timeout(self) -> socket.socket:
        """Return the socket with the time that is left. Raises TimeoutError when none is."""
        seconds = self.ends_at - time.monotonic()
        if seconds <= 0:
            raise TimeoutError
        self.sock.settimeout(seconds)
        return self.sock


class _DeadlineReader(io.RawIOBase):
    def __init__(self, sock: _DeadlineSocket) -> None:
        self.sock = sock

    def readable(self) -> bool:
        """Tell the buffer that it may read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what is there into ``buffer``."""
        return self.sock.with_timeout().recv_into(buffer)


class _Decompressor:
    """Decompresses a body as it comes in. Raises FetchError for an encoding that was not asked for."""

    def __init__(self, encoding: str) -> None:
        if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise FetchError(f"The server packs its answer as {encoding[:20]!r}, unasked.")
        self.is_plain = encoding in ("", "identity")
        self.is_deflate = encoding == "deflate"
        self.decompressor = zlib.decompressobj(15 if self.is_deflate else 31)
        self.is_whole = True

    def decompress(self, chunk: bytes, max_length: int) -> bytes:
        """Return what ``chunk`` unfolds to, no more than ``max_length`` bytes."""
        if self.is_plain:
            return chunk
        if self.is_deflate and self.is_whole and not self.decompressor.eof and chunk[0] & 15 != 8:
            self.decompressor = zlib.decompressobj(-15)  # some servers leave the header of zlib out
        data = b"" if self.decompressor.eof else self.decompressor.decompress(chunk, max_length)
        self.is_whole = self.decompressor.eof
        return data


def _header(response: HTTPResponse, name: str, max_length: int) -> str:
    """Return a header; an over-long one is none."""
    value = (response.getheader(name) or "").strip()
    return value if len(value) <= max_length and value.isprintable() else ""
