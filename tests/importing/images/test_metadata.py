"""articles/importing/images/metadata.py: what a picture's file says of itself, and nothing about place or camera."""

import random
import struct
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Picture
from PIL import PngImagePlugin, TiffImagePlugin

from articles.importing.images.metadata import PictureMetadata, read_metadata

pytestmark = pytest.mark.filterwarnings("ignore:::PIL")  # what it says of damaged files
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
 photoshop:Credit="Skerry Press" photoshop:DateCreated="2024-05-03T10:00:00+01:00" exif:GPSLatitude="57,8.9N">
{}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""
WHOLE = XMP.format(
    """<dc:description><rdf:Alt><rdf:li xml:lang="de">Boote.</rdf:li>
<rdf:li xml:lang="x-default">Boats wait &amp; wait.</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>Kit Wetherall</rdf:li><rdf:li>Tamsin Orrell</rdf:li></rdf:Seq></dc:creator>
<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">Four boats in mud</rdf:li></rdf:Alt>
</Iptc4xmpCore:AltTextAccessibility>"""
)
EVERYTHING = PictureMetadata(
    caption="Boats wait & wait.",
    creator="Kit Wetherall, Tamsin Orrell",
    agency="Skerry Press",
    alt="Four boats in mud",
    taken_on="2024-05-03",
)


def iim(*values: tuple[int, int, bytes]) -> bytes:
    """Write IPTC-IIM data sets."""
    parts = (b"\x1c" + bytes(key) + struct.pack(">H", len(value)) + value for *key, value in values)
    return b"".join(parts)


def jpeg(data: bytes = b"", **saving: object) -> bytes:
    """Draw a picture, with IPTC-IIM ``data`` in Photoshop's segment as newsrooms' programs write it."""
    stream = BytesIO()
    Picture.new("RGB", (40, 30), "teal").save(stream, "JPEG", **saving)
    block = b"8BIM" + struct.pack(">H", 0x0404) + b"\0\0" + struct.pack(">I", len(data)) + data
    body = b"Photoshop 3.0\0" + block + b"\0" * (len(data) % 2)
    segment = b"\xff\xed" + struct.pack(">H", len(body) + 2) + body if data else b""
    return stream.getvalue()[:2] + segment + stream.getvalue()[2:]


def exif(**values: object) -> Picture.Exif:
    tags = {
        "caption": 0x010E,
        "artist": 0x013B,
        "rights": 0x8298,
        "comment": 0x9C9C,
        "make": 0x010F,
    }
    written = Picture.Exif()
    for name, value in values.items():
        written[tags[name]] = value
    return written


def save_image(format: str, **saving: object) -> bytes:
    stream = BytesIO()
    Picture.new("RGB", (40, 30), "teal").save(stream, format, **saving)
    return stream.getvalue()


def test_iptc_iim_is_read():
    metadata = read_metadata(
        jpeg(
            iim(
                (1, 90, b"\x1b%G"),
                (2, 5, b"Harbour 3"),
                (2, 55, b"20240503"),
                (2, 80, "Søren Ó Dúill".encode()),
                (2, 80, b"Kit Wetherall"),
                (2, 110, b"Skerry Press"),
                (2, 115, b"Skerry Pictures"),
                (2, 116, b"(c) Skerry"),
                (2, 120, "Boats wait – again.\r\nAnd wait.".encode()),
                (2, 90, b"Aldermouth"),
            )
        )
    )
    assert metadata.caption == "Boats wait – again. And wait."
    assert (metadata.title, metadata.taken_on) == ("Harbour 3", "2024-05-03")
    assert metadata.credit == "Søren Ó Dúill, Kit Wetherall / Skerry Press"
    assert "Aldermouth" not in repr(metadata)


@pytest.mark.parametrize(
    "written", ["Dredging – “slow”".encode("cp1252"), "Dredging – “slow”".encode()]
)
def test_iptc_in_either_usual_encoding_is_read(written):
    assert read_metadata(jpeg(iim((2, 120, written)))).caption == "Dredging – “slow”"


def test_iptc_with_a_long_size_is_read_and_one_cut_off_as_far_as_it_goes():
    long = b"\x1c\x02\x78\x80\x04\x00\x00\x00\x05Boats" + iim((2, 80, b"Kit"))
    assert read_metadata(jpeg(long)).caption == "Boats"
    assert read_metadata(jpeg(long)).creator == "Kit"
    assert read_metadata(jpeg(iim((2, 80, b"Kit")) + b"\x1c\x02\x78\xff\xff")).creator == "Kit"


def test_iptc_in_a_tiff_is_read_as_bytes_and_as_whole_numbers():
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags.tagtype[33723] = 1
    tags[33723] = iim((2, 120, b"Boats.")) + b"\0"
    content = save_image("TIFF", tiffinfo=tags)
    as_bytes, as_numbers = struct.pack("<HHI", 33723, 1, 12), struct.pack("<HHI", 33723, 4, 3)
    assert content.count(as_bytes) == 1
    for written in (content, content.replace(as_bytes, as_numbers)):
        assert read_metadata(written).caption == "Boats."


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
def test_exif_is_read_from_every_format_that_has_it(format):
    written = exif(
        caption="Boats wait.", artist="Kit Wetherall", make="Lenswright", rights="(c) K.W."
    )
    written.get_ifd(0x8769)[0x9003] = "2024:05:03 10:11:12"
    written.get_ifd(0x8825)[1] = "N"
    metadata = read_metadata(save_image(format, exif=written))
    assert (metadata.caption, metadata.credit) == ("Boats wait.", "Kit Wetherall")
    assert "Lenswright" not in repr(metadata)


def test_exif_in_utf_8_is_read_and_a_comment_serves_where_there_is_no_description():
    assert read_metadata(
        save_image("JPEG", exif=exif(caption="Fischkutter für Skerry – früh".encode()))
    ).caption == ("Fischkutter für Skerry – früh")
    comment = "Boote für Skerry\0".encode("utf-16-le")
    assert (
        read_metadata(save_image("JPEG", exif=exif(comment=comment))).caption == "Boote für Skerry"
    )


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
def test_xmp_is_read_from_every_format_that_has_it(format):
    if format == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_itxt("XML:com.adobe.xmp", WHOLE)
        content = save_image("PNG", pnginfo=text)
    elif format == "TIFF":
        content = save_image("TIFF", tiffinfo={700: WHOLE.encode()})
    else:
        content = save_image(format, xmp=WHOLE.encode())
    assert read_metadata(content) == EVERYTHING


def test_xmp_goes_before_iptc_and_iptc_before_exif_field_by_field():
    iptc = iim((2, 120, b"By IPTC"), (2, 115, b"Skerry Pictures"))
    written = exif(caption="By Exif", artist="By Exif", rights="By Exif")
    only_alt = XMP.format(
        "<Iptc4xmpCore:AltTextAccessibility>Mud</Iptc4xmpCore:AltTextAccessibility>"
    )
    metadata = read_metadata(jpeg(iptc, exif=written, xmp=only_alt.encode()))
    assert (metadata.caption, metadata.alt, metadata.agency) == ("By IPTC", "Mud", "Skerry Press")
    assert (metadata.creator, metadata.source) == ("By Exif", "Skerry Pictures")


@pytest.mark.parametrize(
    ("metadata", "credit"),
    [
        (PictureMetadata(creator="Kit", agency="Skerry Press"), "Kit / Skerry Press"),
        (PictureMetadata(creator="Kit", agency="KIT/Skerry Press"), "KIT/Skerry Press"),
        (PictureMetadata(creator="Kit", source="Skerry Pictures"), "Kit / Skerry Pictures"),
        (PictureMetadata(source="Skerry Pictures", copyright="(c)"), "Skerry Pictures"),
        (PictureMetadata(copyright="(c) Skerry"), "(c) Skerry"),
        (PictureMetadata(), ""),
    ],
)
def test_the_credit_says_who_made_and_who_supplied_it(metadata, credit):
    assert metadata.credit == credit


def test_an_address_and_what_a_camera_says_of_itself_do_not_come_in():
    written = exif(caption="OLYMPUS DIGITAL CAMERA", artist="Kit Wetherall <kit@skerry.example>")
    metadata = read_metadata(save_image("JPEG", exif=written))
    assert (metadata.caption, metadata.creator) == ("", "Kit Wetherall")


@pytest.mark.parametrize("day", [b"00000000", b"20240231", b"yesterday", b"2024", b"202405033"])
def test_an_unclear_day_is_none(day):
    assert read_metadata(jpeg(iim((2, 55, day)))).taken_on == ""


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x:xmpmeta xmlns:x="a">&b;</x:xmpmeta>'
)
HOSTILE = [
    *(
        BOMB,
        "<" * 100_000,
        "<a>" * 5_000,
        "no XML",
        "",
        "\0" * 9,
        XMP.format("<dc:title>&nope;</dc:title>"),
    ),
    *(XMP.format(f"<dc:{'a' * 50_000}/>"), XMP.format("<dc:creator><rdf:Seq/></dc:creator>")),
    XMP.format("<dc:title><![CDATA[\u202e" + "x@" * 20_000 + "]]></dc:title>"),
    XMP.format("<!-- a --><?b c?><dc:title><rdf:Bag><rdf:li/></rdf:Bag></dc:title>"),
]


@pytest.mark.parametrize("packet", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_xmp_costs_only_itself(packet):
    content = save_image("WEBP", xmp=packet.encode(), exif=exif(artist="Kit"))
    assert read_metadata(content).creator == "Kit"
    text = PngImagePlugin.PngInfo()
    for name in ("XML:com.adobe.xmp", "xmp", "photoshop", "Raw profile type exif"):
        text.add_itxt(name, packet)
    assert isinstance(read_metadata(save_image("PNG", pnginfo=text)), PictureMetadata)


@given(st.binary(max_size=300))
def test_any_bytes_in_the_place_of_iptc_are_read_as_printable_lines(data):
    metadata = read_metadata(jpeg(b"\x1c\x02\x78" + data))
    for value in (metadata.caption, metadata.title, metadata.credit, metadata.alt):
        assert value == " ".join(value.split())
        assert not set(value) & set(map(chr, range(32)))


@pytest.mark.parametrize("format", ["JPEG", "TIFF", "PNG", "WEBP", "AVIF"])
def test_a_damaged_file_is_no_traceback(format):
    dice = random.Random(format)  # noqa: S311 - the same damage each time
    whole = save_image(format, exif=exif(caption="Boats.", artist="Kit", comment=b"x\0"))
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(4):
            damaged[dice.randrange(min(len(damaged), 300))] = dice.randrange(256)
        assert isinstance(read_metadata(bytes(damaged)), PictureMetadata)
    for content in (b"", b"\0" * 1_000_000, b"\xff\xd8\xff", whole[: len(whole) // 2]):
        assert isinstance(read_metadata(content), PictureMetadata)
