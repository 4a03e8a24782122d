"""What did not come in goes to a file that a person mends with a text editor and imports again."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importing.files.sources import NamedBytes, find_sources
from articles.importing.formats import REJECTS as reader
from articles.importing.formats.tabular.csv_table import READER as CSV_READER
from articles.importing.formats.types import ReadError, RejectedRecord
from articles.importing.formats.wordpress.reader import READER as WXR_READER
from articles.importing.pipeline.reading.records import Record
from articles.importing.pipeline.run import ImportOptions, run_import
from articles.importing.pipeline.runs.rejects import RejectsFile
from articles.models import Article, ImportedItem
from articles.text.messages import Message

CSV = b'sep=;\r\nid;headline;text\r\n1;Gale;It blew over the harbour.\r\n2;Calm;"\r\n"\r\n3;Fog;Nothing was seen.\r\n'
WXR = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"><channel>
<title>Skerry</title><language>en-GB</language>
<wp:author><wp:author_login>ann</wp:author_login><wp:author_email>ann@example.org</wp:author_email>
<wp:author_display_name>Ann Märrow</wp:author_display_name></wp:author>
<item><title>Gale</title><guid>g1</guid><dc:creator>ann</dc:creator><content:encoded>It blew hard.</content:encoded>
<wp:post_id>1</wp:post_id><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>Calm</title><guid>g2</guid><dc:creator>ann</dc:creator><content:encoded>The sea was calm.</content:encoded>
<wp:post_id>2</wp:post_id><wp:status>draft</wp:status><wp:post_type>post</wp:post_type></item>
</channel></rss>"""
LINES = b'{"id": "1", "headline": "Gale", "text": "It blew."}\n{"id": "2", "headline": "Calm", "text": ""}\n'
NINJS = b'{"uri": "urn:x:2", "version": "1", "type": "text", "headline": "Calm", "body_text": ""}'
REUTERS = b"""<!DOCTYPE lewis SYSTEM "lewis.dtd">
<REUTERS TOPICS="NO" NEWID="1"><DATE>26-FEB-1987 15:01:01.79</DATE><TEXT><TITLE>GALE</TITLE><BODY>It blew. Reuter
&#3;</BODY></TEXT></REUTERS>
<REUTERS TOPICS="NO" NEWID="2"><DATE>26-FEB-1987 15:01:01.79</DATE><TEX><TITLE>CALM</TITLE><BODY>It was calm. Reuter
&#3;</BODY></TEXT></REUTERS>
"""
CASES = {  # name, bytes, what is wrong, what is right, the ref
    "csv": ("t.csv", CSV, b'2;Calm;"\r\n"', b"2;Calm;The sea was calm.", "2"),
    "json-lines": ("t.jsonl", LINES, b'"text": ""', b'"text": "The sea was calm."', "2"),
    "wxr": ("t.xml", WXR.format(encoding="utf-8").encode(), b">draft<", b">publish<", "g2"),
    "text": ("sea/2.txt", b"Date: never\n\nThe sea was calm.\n", b"never", b"2026-03-04", "sea/2"),
    "reuters": ("t.sgm", REUTERS, b"<TEX>", b"<TEXT>", "2"),
    "ninjs": ("t.json", NINJS, b'"body_text": ""', b'"body_text": "It was calm."', "urn:x:2"),
}


@pytest.fixture
def send(tmp_path, figures):
    """Give a function that imports a file (bytes when given) and returns the figures; rejects go to ``x.rejects``."""
    (tmp_path / "in" / "sea").mkdir(parents=True)

    def send(path=tmp_path / "x.rejects", **options):
        arguments = {"source": "x", "rejects": tmp_path / "x.rejects"} | options
        return figures(run_import([str(path)], ImportOptions(**arguments)))

    return send


@pytest.mark.django_db
@pytest.mark.parametrize("format", CASES)
def test_a_refused_record_is_mended_by_hand_and_comes_in(tmp_path, send, format):
    name, data, wrong, right, ref = CASES[format]
    (tmp_path / "in" / name).write_bytes(data)
    first = send(tmp_path / "in")
    assert first[4] == 1
    rejects = (tmp_path / "x.rejects").read_bytes()
    for word in (b"File: ", b"Record: ", b"Reason: ", b"Remedy: ", b'Format: "' + format.encode()):
        assert word in rejects
    assert b"ann@example.org" not in rejects
    before = first[0]
    for _ in range(2):  # as it was it is refused again, into a file that can be read again
        assert send() == (0, 0, 0, 0, 1)
    rejects = (tmp_path / "x.rejects").read_bytes()
    assert rejects.count(b"Before: ") <= 1
    (tmp_path / "x.rejects").write_bytes(rejects.replace(wrong, right))
    assert send() == (1, 0, 0, 0, 0)
    assert ImportedItem.objects.filter(source="x", ref=ref).count() == 1
    assert Article.objects.count() == before + 1
    assert send() == (0, 0, 1, 0, 0)


@pytest.mark.django_db
def test_a_mended_post_keeps_its_author_and_language(tmp_path, send):
    (tmp_path / "in" / "t.xml").write_bytes(CASES["wxr"][1].replace(b">publish<", b">draft<"))
    assert send(tmp_path / "in") == (0, 0, 0, 0, 2)
    rejects = (tmp_path / "x.rejects").read_bytes()
    (tmp_path / "x.rejects").write_bytes(rejects.replace(b">draft<", b">publish<"))
    assert send() == (2, 0, 0, 0, 0)
    story = Article.objects.get(headline="Calm")
    assert story.language == "en-GB"
    assert [line.author.name for line in story.bylines.all()] == ["Ann Märrow"]


@pytest.mark.django_db
def test_a_record_that_only_the_house_refuses_can_be_mended_too(tmp_path, send):
    long = b"4;" + b"long " * 99 + b";It rained.\r\n"
    (tmp_path / "in" / "t.csv").write_bytes(CSV.partition(b"2;")[0] + long)
    assert send(tmp_path / "in") == (1, 0, 0, 0, 1)
    for _ in range(3):
        assert send() == (0, 0, 0, 0, 1)
    path = tmp_path / "x.rejects"
    path.write_bytes(path.read_bytes().replace(b"long " * 99, b"Rain"))
    assert send() == (1, 0, 0, 0, 0)
    assert Article.objects.filter(headline="Rain").exists()


@pytest.mark.django_db
def test_a_record_mended_into_what_cannot_be_read_is_not_lost(tmp_path, send):
    (tmp_path / "in" / "t.xml").write_bytes(CASES["wxr"][1])
    send(tmp_path / "in")
    path = tmp_path / "x.rejects"
    path.write_bytes(path.read_bytes().replace(b"</title>", b"</titel>"))
    assert send() == (0, 0, 0, 0, 1)
    data = path.read_bytes()
    path.write_bytes(data.replace(b"</titel>", b"</title>").replace(b">draft<", b">publish<"))
    assert send() == (1, 0, 0, 0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'Format: "', b'Format: "x'),
        (b"Format: ", b"Farmat: "),
        (b'Name: "', b"Name: "),
        (b'Before: "', b'Before: "\\u2014'),
        (b'Field: "', b'Field: "\xff'),
        (b'Record: "', b"Record: [[" + b"[" * 100_000),
        (b'Record: "', b'Record: 4, "'),
        (b"\n\n2;Calm", b"\n2;Calm"),
    ],
)
def test_a_record_whose_first_lines_are_damaged_is_refused_and_not_lost(tmp_path, send, old, new):
    (tmp_path / "in" / "t.csv").write_bytes(CSV)
    send(tmp_path / "in")
    path = tmp_path / "x.rejects"
    whole = path.read_bytes()
    assert whole.count(old) == 1
    path.write_bytes(whole.replace(old, new))
    assert send() == (0, 0, 0, 0, 1)
    damaged = path.read_bytes()
    assert b"first lines are damaged" in damaged
    assert b'2;Calm;"\r\n"' in damaged
    assert send() == (0, 0, 0, 0, 1)
    again = path.read_bytes().replace(new, old) if len(new) > 1 else path.read_bytes()
    path.write_bytes(again.replace(b'2;Calm;"\r\n"', b"2;Calm;The sea was calm."))
    assert send() == (1, 0, 0, 0, 0)


@pytest.mark.django_db
def test_a_damaged_record_costs_only_itself(tmp_path, send):
    (tmp_path / "in" / "t.jsonl").write_bytes(LINES.replace(b"It blew.", b""))
    assert send(tmp_path / "in") == (0, 0, 0, 0, 2)
    path = tmp_path / "x.rejects"
    data = path.read_bytes().replace(b'"text": ""', b'"text": "The sea was calm."')
    path.write_bytes(data.replace(b"Format: ", b"", 1))
    assert send() == (1, 0, 0, 0, 1)


@pytest.mark.django_db
def test_the_file_of_rejects_that_is_read_is_replaced_at_the_end_only(tmp_path, send, monkeypatch):
    rows = b"".join(b'{"id": "%d", "headline": "x", "text": ""}\n' % n for n in range(30))
    (tmp_path / "in" / "t.jsonl").write_bytes(rows)
    assert send(tmp_path / "in")[4] == 30
    path = tmp_path / "x.rejects"
    whole = path.read_bytes()
    monkeypatch.setattr("articles.importing.pipeline.reading.records.BATCH_SIZE", 10)

    def broken(importer, batch):
        if batch.number == 3:
            raise RuntimeError("power cut")
        importer._read_and_clean(batch.records)

    with monkeypatch.context() as patched:
        patched.setattr("articles.importing.pipeline.ingest.BatchImporter.import_batch", broken)
        with pytest.raises(RuntimeError):
            send()
    assert path.read_bytes() == whole
    assert send()[4] == 30
    assert not list(tmp_path.glob(".*.part"))


@pytest.mark.django_db
def test_a_file_of_rejects_comes_in_packed_or_in_a_folder_or_as_bytes(tmp_path, send, figures):
    (tmp_path / "in" / "t.csv").write_bytes(CSV)
    send(tmp_path / "in")
    path = tmp_path / "x.rejects"
    repaired = path.read_bytes().replace(b'2;Calm;"\r\n"', b"2;Calm;The sea was calm.")
    report = run_import([NamedBytes("desk", "", repaired)], ImportOptions(source="x"))
    assert figures(report) == (1, 0, 0, 0, 0)
    (tmp_path / "in" / "t.csv").unlink()
    (tmp_path / "in" / "y.rejects").write_bytes(repaired)
    with ZipFile(tmp_path / "in" / "z.zip", "w") as archive:
        archive.writestr("y.rejects", repaired)
    assert send(tmp_path / "in") == (0, 0, 2, 0, 0)


def test_where_rejects_cannot_be_written_is_said_before_anything(tmp_path):
    with pytest.raises(ReadError, match="no folder"):
        RejectsFile(tmp_path / "gone" / "x.rejects")


HOSTILE = st.lists(
    st.sampled_from(
        [b"=== newsroom rejects ", b"=== ", b"0" * 16, b"\r\n", b"\n", b"\0", b"\xff", b"a", b": "]
    ),
    max_size=12,
).map(b"".join)


@settings(max_examples=60, deadline=None)
@given(originals=st.lists(HOSTILE.filter(bool), min_size=1, max_size=4), wrapper=HOSTILE)
def test_any_bytes_survive_the_way_there_and_back(tmp_path_factory, originals, wrapper):
    path = tmp_path_factory.mktemp("hostile") / "x.rejects"
    file = RejectsFile(path)
    for number, body in enumerate(originals, 1):
        refused = RejectedRecord(str(number), "f", Message("r\n\nr"), "r", body, wrapper, wrapper)
        file.add(Record("a\n.csv", "näme", "csv", number, refused), refused)
    file.close(is_whole=True)
    parts = [source.rejects_part for source in find_sources([str(path)])]
    assert [part.original for part in parts] == originals
    assert {(part.name, part.before, part.after) for part in parts} == {("näme", wrapper, wrapper)}


@settings(max_examples=60, deadline=None)
@given(data=HOSTILE)
def test_junk_behind_the_first_line_raises_nothing(data):
    list(reader.read(BytesIO(b"=== newsroom rejects 00\n=== 00\n" + data), "x"))


def test_a_record_of_many_megabytes_ends_the_file_with_a_word(monkeypatch):
    monkeypatch.setattr("articles.importing.formats.rejects.LIMIT", 1000)
    data = b"=== newsroom rejects 00\n=== 00\n" + b"x" * 5000
    [source] = find_sources([NamedBytes("x", "x", data)])
    with pytest.raises(ReadError, match="Take it out"):
        source.open()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_what_stands_around_an_item_is_utf_8_without_addresses(encoding):
    before, after = WXR_READER.record_wrapper(WXR.format(encoding=encoding).encode(encoding), {})
    assert "Ann Märrow" in before.decode()
    assert b"@" not in before
    assert b"<item" not in before
    assert after == b"</channel></rss>"


def test_what_stands_around_an_item_is_whole_however_long_it_is():
    long = WXR.replace(
        "<item>", "<wp:author><wp:author_login>b</wp:author_login></wp:author>" * 999
    )
    before, _ = WXR_READER.record_wrapper(long.format(encoding="utf-8").encode()[:65_536], {})
    assert before.endswith(b"</wp:author>\n")


@pytest.mark.parametrize(
    "head", [b"", b"\0", b"<rss", b"<rss><channel>" + b"<a>" * 999, b"\xff\xfe"]
)
def test_nothing_around_junk(head):
    assert b"item" not in WXR_READER.record_wrapper(head, {})[0]
    assert CSV_READER.record_wrapper(head, {}) == (b"", b"")


@pytest.mark.parametrize(
    ("table", "header"),
    [
        (CSV, b"sep=;\r\nid;headline;text\r\n"),
        (b'\xef\xbb\xbf"head\nline",text\na,b\n', b'"head\nline",text\n'),
        ("headline,text\r\na,b\r\n".encode("utf-16"), b"headline,text\r\n"),
        (b"1,A class of news,A text of more than twenty letters\n" * 3, b""),
    ],
)
def test_what_stands_around_a_row_is_the_header(table, header):
    assert CSV_READER.record_wrapper(table, {}) == (header, b"")


def test_the_lines_of_a_record_can_be_read_by_a_person(tmp_path):
    refused = RejectedRecord(
        "line 3",
        "text",
        Message("the story has no text", code="story.no_text"),
        "Add it.",
        b"2;Calm;\n",
    )
    file = RejectsFile(tmp_path / "x.rejects")
    file.add(Record("t.csv", "t", "csv", 1, refused, (b"id;headline;text\n", b"")), refused)
    file.close(is_whole=True)
    lines = (tmp_path / "x.rejects").read_text().splitlines()
    assert lines[0].startswith("=== newsroom rejects ")
    assert 'Reason: "the story has no text"' in lines
    assert 'Code: "story.no_text"' in lines
    assert f"Before: {json.dumps('id;headline;text' + chr(10))}" in lines
