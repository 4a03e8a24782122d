"""XML from outside is read record by record, and no trick in it reads a file, the network or all of the memory."""

import socket
import time
import tracemalloc
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from articles.importing.formats.common.xml_records import (
    XmlRecord,
    iter_xml_records,
    parse_xml,
    xml_root_name,
)
from articles.importing.formats.types import ReadError
from tests.growth import assert_linear

SAFE = {"dtd.xml", "dtd_element.xml", "simple.xml", "simple-ns.xml", "control-characters.rss"}


def read_records(data: bytes, *tags: str, **options: Any) -> list[tuple[str, str, int]]:
    """Return text, original and line of the records of ``data``."""
    read = iter_xml_records(BytesIO(data), tags or {"b"}, **options)
    return [
        ("".join(record.element.itertext()), record.original.decode(), record.line)
        for record in read
    ]


def refusal(data: bytes, **options: Any) -> str:
    with pytest.raises(ReadError) as caught:
        read_records(data, **options)
    return str(caught.value)


def outcome(data: bytes) -> str:
    """Return the text of a document, or why it is refused."""
    try:
        return "".join(parse_xml(data).itertext())
    except ReadError as error:
        return f"refused: {error}"


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "socket", refuse)


@pytest.mark.usefixtures("no_network")
def test_hostile_files_are_refused_at_once_and_leak_nothing(shared: Path) -> None:
    hostile = shared / "formats" / "hostile"
    files = [*hostile.glob("xml-own/*.rss"), *hostile.glob("defusedxml/xmltestdata/*.xml")]
    files += hostile.glob("payloads-all-the-things/XXE*/Files/*.xml")
    assert len(files) == 15
    read = set()
    for path in files:
        start = time.process_time()
        text = outcome(path.read_bytes())
        assert time.process_time() - start < 1
        assert "root:" not in text
        assert "DTDLEAK" not in text
        if path.name in SAFE:
            read.add(path.name)
            assert not text.startswith("refused")
        else:
            assert text.startswith("refused")
            assert "entity" in text
    assert read == SAFE


@pytest.mark.usefixtures("no_network")
def test_hostile_lines_are_refused_or_harmless(shared: Path) -> None:
    folder = shared / "formats" / "hostile" / "payloads-all-the-things"
    lines = (folder / "XXE Injection" / "Intruders" / "xml-attacks.txt").read_bytes().splitlines()
    assert len(lines) > 50
    for line in lines:
        text = outcome(line)
        assert "root:" not in text
        assert text.startswith("refused") or b"<!ENTITY" not in line


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a><b>1</b></a>', "declares an entity ('x')"),
        (b'<!DOCTYPE a [<!ENTITY % x "y">\n<!ENTITY\n z "y">]><a><b>1</b></a>', "('z')"),
        (b"<!DOCTYPE a [<!-- ' --><!ENTITY x 'y'>]><a><b/></a>", "('x')"),
        (b"<!-- <a> --><!DOCTYPE a [<?a <a> ?><!ENTITY x 'y'>]><a><b/></a>", "('x')"),
        (b"<!DOCTYPE a [<!ENTITY % p \"<!ENTITY x 'y'>\"> %p;]><a><b/></a>", "('x')"),
        ('<!DOCTYPE a [<!ENTITY x "y">]><a/>'.encode("utf-16"), "('x')"),
        (b"<a>\n<b>&nbsp;</b></a>", "Line 2: the entity &nbsp; is"),
        (b'<!DOCTYPE a SYSTEM "x.dtd">\n<a>\n<b>1&eacute;2</b></a>', "Line 3: the entity &eacute;"),
        (b'<!DOCTYPE a SYSTEM "x.dtd">\n<a>\n<b c="1&eacute;2"/></a>', "Line 3: the entity &eac"),
        (b"<a>\n\n<b></c></a>", "line 3: Opening and ending tag mismatch"),
        (b"<a>\n<b>", "line 2"),
        (b"<b>" * 300, "too deep"),
        (b"<a>\n<b>\xe9</b></a>", "near line 1 are bytes that are not utf-8"),
        (b"", "line 1"),
        (b"It rained.", "line 1"),
        (b" " * 1_100_000, "1 MB"),
        (b"<b>" + b"a " * 5_100_000, "too long"),
    ],
)
def test_what_is_not_safe_or_not_xml_is_refused_with_its_line(data: bytes, message: str) -> None:
    start = time.process_time()
    assert message in refusal(data)
    assert time.process_time() - start < 1


@pytest.mark.parametrize("opening", [b"<!--", b"<?x ", b"<!DOCTYPE a [ '", b"<!ENTITY ", b"<a x='"])
def test_a_prolog_that_does_not_end_takes_linear_time(opening: bytes) -> None:
    assert_linear(lambda size: refusal(opening * (size // len(opening))), 2_000_000)


def test_a_doctype_elsewhere_and_parameter_entities_are_passed_over() -> None:
    external = b'<!DOCTYPE a SYSTEM "../a.dtd">\n<a><b>1</b></a>'
    parameter = b'<!DOCTYPE a [<!ENTITY % n SYSTEM "file:///etc/passwd"> %n; ]><a><b>1</b></a>'
    assert read_records(external) == [("1", "<b>1</b>", 2)]
    assert read_records(parameter) == [("1", "<b>1</b>", 1)]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("", "utf-8"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
        ("UTF-16", "utf-16"),
        ("UTF-16", "utf-16-le"),
        ("UTF-16", "utf-16-be"),
        ("UTF-16", "utf-8"),
        ("utf-8", "utf-16"),
        ("", "utf-32"),
        ("ISO-8859-1", "latin-1"),
        ("windows-1252", "cp1252"),
        ("KOI8-R", "koi8-r"),
        ("Big5", "big5"),
        ("Shift_JIS", "shift_jis"),
        ("no-such-thing", "utf-8"),
        ("zlib", "utf-8"),
        ("utf-7", "utf-8"),
    ],
)
def test_the_mark_then_the_declared_encoding_then_utf_8(declared: str, encoding: str) -> None:
    letters = {"koi8-r": "Ж", "big5": "中", "shift_jis": "あ"}.get(encoding, "é")
    head = f'<?xml version="1.0"\n encoding="{declared}"?>\n' if declared else ""
    data = f"{head}<n:a xmlns:n='urn:n'><b>{letters}</b></n:a>".encode(encoding)
    line = 3 if declared else 1
    assert read_records(data) == [(letters, f"<b>{letters}</b>", line)]
    assert xml_root_name(data) == ("a", "urn:n")


def test_control_characters_are_left_out() -> None:
    data = b"<a><b>1\x00&#0;&#x1C;&#27;\x1c&#9;&#10;&#133;&#xD800;&#200;2</b></a>"
    assert read_records(data)[0][0] == "1\t\n\x85È2"


def test_records_are_the_outermost_and_bring_their_own_letters() -> None:
    inner = '<x:b c="1>2">\n<b/> <![CDATA[ <b> ]]><!-- </b> --></x:b>'
    data = f"<a xmlns:x='urn:x'><![CDATA[<b>]]><c/>{inner}\n<d><b/></d><b >3</b\n></a>"
    assert read_records(data.encode()) == [
        ("\n  <b> ", inner, 1),
        ("", "<b/>", 3),
        ("3", "<b >3</b\n>", 3),
    ]
    assert [text for text, *_ in read_records(data.encode(), "c", "d")] == ["", ""]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1"])
def test_records_over_the_edges_of_what_is_read_at_once(encoding: str) -> None:
    items = [f"<b n='{number}'>{'é<i/> ' * (number % 977)}</b>" for number in range(900)]
    data = f"<?xml version='1.0' encoding='{encoding}'?><a>{'  '.join(items)}</a>".encode(encoding)
    assert [original for _, original, _ in read_records(data)] == items


def test_what_came_before_the_error_is_out() -> None:
    read: Iterator[XmlRecord] = iter_xml_records(BytesIO(b"<a><b>1</b>\n<b></a>"), {"b"})
    assert next(read).original == b"<b>1</b>"
    with pytest.raises(ReadError, match="line 2"):
        next(read)


def test_a_second_try_reads_on_behind_what_is_malformed() -> None:
    data = b"<a><b>1 & 2</b><b>3</b></a>"
    assert "line 1" in refusal(data)
    assert [text for text, *_ in read_records(data, recovers=True)] == ["1  2", "3"]


def test_memory_does_not_grow_with_the_file() -> None:
    class Endless(BytesIO):
        chunks_left = 12

        def read(self, size: int | None = -1) -> bytes:
            self.chunks_left -= 1
            return (
                b"<a>"
                if self.chunks_left == 11
                else b"<b>text</b>  <c/>" * 3000 * (self.chunks_left > 0)
            )

    tracemalloc.start()
    try:
        read = iter_xml_records(Endless(), {"b"})
        for last in islice(read, 10 * 3000):
            assert last.original == b"<b>text</b>"
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(last.element.getroottree().getroot()) < 5
    assert peak < 3_000_000


@pytest.mark.parametrize(
    ("head", "root"),
    [
        (b"<html><a", ("html", "")),
        (
            b'<?xml version="1.0"?><!-- <b> --><!DOCTYPE a [<!ENTITY % c "<d>">]><a xmlns="u">',
            "a u",
        ),
        (b"Text <b>", ("", "")),
        (b"{}", ("", "")),
        (b"\x89PNG\x00<a>", ("", "")),
        (b"", ("", "")),
    ],
)
def test_the_root_of_a_file(head: bytes, root: Any) -> None:
    assert xml_root_name(head) == (tuple(root.split()) if isinstance(root, str) else root)
