"""Which addresses may be fetched: those of the web, on hosts of the public Internet.

Sources: https://www.iana.org/assignments/iana-ipv4-special-registry/, RFC 6052 (NAT64), RFC 3056 (6to4)
"""

import ipaddress
import re
import socket
from collections.abc import Collection
from urllib.parse import SplitResult, urlsplit

PORTS = {80, 443, 8080, 8443}
_MAX_ADDRESSES = 4  # of one name that are tried
_NUMBERS = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+))*\.?", re.IGNORECASE)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_REFUSED = tuple(  # forms of IPv4 addresses, and what is_global lets through
    map(
        ipaddress.IPv6Network,
        ("::/96", "::ffff:0:0/96", "64:ff9b:1::/48", "2001::/32", "fec0::/10"),
    )
)
_RELAYS = ipaddress.IPv4Network("192.88.99.0/24")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class FetchError(Exception):
    """Nothing was fetched; the message says why, to an editor."""


def check(url: str, allow_private: Collection[str] = ()) -> SplitResult:
    """Return the parts of ``url``. Raises FetchError for what is never fetched; no name is resolved here."""
    if any(ord(letter) <= 32 or ord(letter) == 127 for letter in url):
        raise FetchError("The address has a space or a control character in it.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchError(f"The address is not one: {error}.") from error
    if parts.scheme not in ("http", "https"):
        raise FetchError("The address has to begin with http:// or https://.")
    if "@" in parts.netloc or "\\" in parts.netloc or "%" in parts.netloc:
        raise FetchError("The address may hold no name, no password and no escaped letter.")
    host = ascii_host(parts)
    if port is not None and port not in PORTS and f"{host}:{port}" not in allow_private:
        allowed = ", ".join(map(str, sorted(PORTS)))
        raise FetchError(f"Port {port} is not one of the web ({allowed}).")
    if f"{host}:{port_of(parts)}" not in allow_private:
        literal = _literal(host)
        if literal and not is_public(literal):
            raise FetchError(f"{host} is not an address of the public Internet.")
        if not literal and _NUMBERS.fullmatch(host):
            raise FetchError(f"{host} is an odd way to write an address. Write the name.")
    return parts


def port_of(parts: SplitResult) -> int:
    """Return the port of an address, that of its scheme when it names none."""
    standard = 443 if parts.scheme == "https" else 80
    return standard if parts.port is None else parts.port


def ascii_host(parts: SplitResult) -> str:
    """Return the host as the DNS has it. Raises FetchError when it is no name."""
    host = parts.hostname or ""
    try:
        encoded = host if host.isascii() else host[:253].encode("idna").decode()
    except UnicodeError as error:
        raise FetchError("The address has a name that no server can have.") from error
    if not encoded or len(host) > 253:
        raise FetchError("The address names no server.")
    return encoded


def resolve(host: str, port: int, allow_private: Collection[str] = ()) -> list[str]:
    """Return the addresses of ``host``, asked for once. Raises FetchError unless every one is public."""
    literal = _literal(host)
    try:
        answers = [] if literal else socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"There is no server by the name of {host}.") from error
    addresses = [str(literal)] if literal else [str(answer[4][0]) for answer in answers]
    for text in addresses:
        address = _literal(text)
        if f"{host}:{port}" not in allow_private and not (address and is_public(address)):
            raise FetchError(f"{host} is not a server of the public Internet.")
    if not addresses:
        raise FetchError(f"{host} has no address.")
    return list(dict.fromkeys(addresses))[:_MAX_ADDRESSES]


def is_public(address: Address) -> bool:
    """Tell whether ``address`` is one of the public Internet, and so what it may stand for."""
    if isinstance(address, ipaddress.IPv6Address):
        if any(address in network for network in _REFUSED):
            return False
        if address in _NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address.sixtofour:
            return is_public(address.sixtofour)
    elif address in _RELAYS:
        return False
    return address.is_global and not address.is_multicast


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
