"""Which addresses are asked at all, letter by letter and number by number."""

import ipaddress
import socket

import pytest

from articles.importing.http.ssrf import FetchError, ascii_host, check, is_public, port_of, resolve

LONGEST = "a." * 126 + "a"  # 253 letters


@pytest.mark.parametrize("letter", [" ", "\x00", "\x1f", "\x7f", "\n"])
def test_one_space_or_control_character_is_enough(letter: str) -> None:
    with pytest.raises(FetchError, match="a space or a control character"):
        check(f"http://a.example/{letter}x")


@pytest.mark.parametrize("letter", ["!", "~", "\x80", "å"])
def test_every_other_letter_is_let_through(letter: str) -> None:
    assert check(f"http://a.example/{letter}x").path == f"/{letter}x"


@pytest.mark.parametrize("netloc", ["u@a.example", "u:p@a.example", "a.example\\b", "a%2e.example"])
def test_no_name_password_or_escaped_letter_stands_before_the_path(netloc: str) -> None:
    with pytest.raises(FetchError, match="no name, no password and no escaped letter"):
        check(f"http://{netloc}/")


@pytest.mark.parametrize("port", [80, 443, 8080, 8443])
def test_the_ports_of_the_web_are_let_through(port: int) -> None:
    assert port_of(check(f"http://a.example:{port}/")) == port


@pytest.mark.parametrize("port", [0, 22, 79, 81, 442, 444, 8079, 8081, 8442, 8444])
def test_no_other_port_is(port: int) -> None:
    with pytest.raises(FetchError, match=r"is not one of the web \(80, 443, 8080, 8443\)"):
        check(f"http://a.example:{port}/")


def test_without_a_port_it_is_that_of_the_scheme() -> None:
    assert port_of(check("http://a.example/")) == 80
    assert port_of(check("https://a.example/")) == 443


def test_a_host_is_named_as_the_dns_has_it() -> None:
    assert ascii_host(check("http://havnå.example/")) == "xn--havn-toa.example"
    assert ascii_host(check("http://A_b.example/")) == "a_b.example"
    assert ascii_host(check(f"http://{LONGEST}/")) == LONGEST


@pytest.mark.parametrize("host", ["", f"{LONGEST}a", f"{'å' * 70}.example"])
def test_what_no_server_can_be_called_is_refused(host: str) -> None:
    with pytest.raises(FetchError, match="names no server|no server can have"):
        check(f"http://{host}/x")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(("8.8.8.8", True), ("192.88.98.255", True), ("2606:4700::1", True)),
        *(("64:ff9b::808:808", True), ("64:ff9b::7f00:1", False)),
        *(("2002:808:808::", True), ("2002:7f00:1::", False)),
        *(("192.88.99.1", False), ("224.0.0.1", False), ("ff0e::1", False), ("10.0.0.1", False)),
        *(("::8.8.8.8", False), ("::ffff:8.8.8.8", False), ("64:ff9b:1::808:808", False)),
        *(("2001::1", False), ("fec0::1", False)),
    ],
)
def test_public_is_what_stands_on_the_public_internet_and_for_it(text: str, expected: bool) -> None:
    assert is_public(ipaddress.ip_address(text)) is expected


def answer(monkeypatch, addresses: list[str]) -> None:
    infos = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: infos)


def test_four_addresses_of_a_name_are_tried_each_once(monkeypatch) -> None:
    answer(monkeypatch, ["8.8.8.1", "8.8.8.1", "8.8.8.2", "8.8.8.3", "8.8.8.4", "8.8.8.5"])
    assert resolve("a.example", 80) == ["8.8.8.1", "8.8.8.2", "8.8.8.3", "8.8.8.4"]


def test_a_fifth_address_that_leads_inside_refuses_the_name_too(monkeypatch) -> None:
    answer(monkeypatch, ["8.8.8.1", "8.8.8.2", "8.8.8.3", "8.8.8.4", "10.0.0.1"])
    with pytest.raises(FetchError, match="not a server of the public Internet"):
        resolve("a.example", 80)


def test_what_is_no_address_at_all_is_not_public(monkeypatch) -> None:
    answer(monkeypatch, ["fe80::1%eth0-"])
    with pytest.raises(FetchError, match="not a server of the public Internet"):
        resolve("a.example", 80)


def test_a_name_without_an_address_and_a_name_that_is_none_are_told_apart(monkeypatch) -> None:
    answer(monkeypatch, [])
    with pytest.raises(FetchError, match="has no address"):
        resolve("a.example", 80)

    def fail(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(FetchError, match="no server by the name of a.example"):
        resolve("a.example", 80)


def test_a_private_server_is_asked_where_its_very_port_is_allowed(monkeypatch) -> None:
    allowed = {"10.0.0.1:8000"}
    assert resolve("10.0.0.1", 8000, allowed) == ["10.0.0.1"]
    assert check("http://10.0.0.1:8000/", allowed).port == 8000
    for url in ("http://10.0.0.1:8080/", "http://10.0.0.2:8000/", "http://10.0.0.1/"):
        with pytest.raises(FetchError):
            check(url, allowed)
