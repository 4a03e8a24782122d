"""Archives are read in place, as the folder that was packed; a hostile one costs only itself, and little time."""

import gzip
import random
import stat
import struct
import time
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile, ZipInfo

import pytest

from articles.importing.files.archives import Archive, gunzip, is_archive
from articles.importing.files.sources import find_sources
from articles.importing.formats.types import ReadError

STORY = b"Headline: Gale\n\nIt blew over the harbour.\n"
MEGABYTE = bytes(1_000_000)


@pytest.fixture
def archive(tmp_path):
    """Give a function that writes an archive of ``(name or ZipInfo, bytes)``."""

    def write(*files, called="wire.zip", method=ZIP_DEFLATED):
        path = tmp_path / called
        with ZipFile(path, "w", method) as packed:
            for name, data in files:
                packed.writestr(name, data)
        return path

    return write


def refusal(path):
    """Return why nothing of the archive at ``path`` can be read; it may take a second of work."""
    started = time.process_time()
    [source] = find_sources([str(path)])
    with pytest.raises(ReadError) as error:
        source.open()
    assert time.process_time() - started < 1
    assert "Unpack" in str(error.value) or "Pack" in str(error.value)
    return str(error.value)


def names(path):
    return [source.name for source in find_sources([str(path)])]


def test_an_archive_is_walked_as_the_folder_that_was_packed(archive, tmp_path):
    files = ["b.txt", "a/2.txt", "a-c.txt", "a/1.txt.gz", ".git/x.txt", "a/.hidden.txt"]
    files += ["__MACOSX/a/._1.txt", "höhe.txt"]
    folder = tmp_path / "wire"
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(STORY)
    flat = names(archive(*((name, STORY) for name in files), called="flat.zip"))
    whole = names(archive(*((f"wire/{name}", STORY) for name in reversed(files))))
    assert flat == whole == names(folder) == ["a/1", "a/2", "a-c", "b", "höhe"]


def test_a_name_in_utf_8_that_does_not_say_so_is_read_as_utf_8(archive):
    path = archive(("h\u00f6he.txt", STORY))
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.index(mark) + at
        data[start : start + 2] = struct.pack("<H", 0)
    path.write_bytes(data)
    [source] = find_sources([str(path)])
    assert source.name == "h\u00f6he"
    assert source.open().read() == STORY


def test_archives_in_one_folder_do_not_mix_their_names(archive, tmp_path):
    archive(("a.txt", STORY), called="2024.zip")
    archive(("2025/a.txt", STORY), called="2025.zip")
    assert names(tmp_path) == ["2024/a", "2025/a"]


@pytest.mark.parametrize(
    "name",
    ["/etc/a.txt", "../a.txt", "a/../../b.txt", "C:\\a.txt", "c:a.txt", "a\\b.txt", "a\0.txt"],
)
def test_a_name_that_leads_out_is_refused(archive, name):
    info = ZipInfo("placeholder")
    info.filename = name
    assert "leads out" in refusal(archive(("good.txt", STORY), (info, STORY)))


def test_a_colon_in_a_title_is_no_drive(archive):
    assert names(archive(("Interview: Ada.txt", STORY), ("Q: why.txt", STORY)))


def test_a_link_is_refused(archive):
    info = ZipInfo("passwords.txt")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert "link" in refusal(archive((info, b"/etc/passwd")))


def test_ten_thousand_files_are_listed_at_once(archive):
    path = archive(*((f"{n:05}.txt", b"x") for n in range(10_000)))
    started = time.process_time()
    assert len(names(path)) == 10_000
    assert time.process_time() - started < 5


def test_too_many_files_are_refused(archive, monkeypatch):
    monkeypatch.setattr("articles.importing.files.archives.MAX_FILES", 3)
    assert "more than 3 files" in refusal(archive(*((f"{n}.txt", b"x") for n in range(4))))


def test_a_file_with_a_password_costs_only_itself(archive):
    path = archive(("a.txt", STORY), ("b.txt", STORY))
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    locked, open_ = find_sources([str(path)])
    with pytest.raises(ReadError, match="password"):
        locked.open()
    assert open_.open().read() == STORY


def test_files_that_share_bytes_are_refused(archive):
    path = archive(("a.txt", STORY * 99), ("b.txt", STORY * 99))
    data = bytearray(path.read_bytes())
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    data[second + 42 : second + 46] = struct.pack("<L", 4)  # within the first
    path.write_bytes(data)
    assert "overlap" in refusal(path)


@pytest.mark.parametrize(
    ("field", "size"), [(20, 0), (20, 7), (20, 10**6), (20, 2**32 - 2), (24, 0), (24, 7)]
)
def test_a_size_that_lies_is_met_as_damage(archive, size, field):
    path = archive(("a.txt", bytes(range(256)) * 20))
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02") + field  # packed, unpacked
    data[at : at + 4] = struct.pack("<L", size)
    path.write_bytes(data)
    assert refusal(path)


def test_a_size_that_promises_too_much_changes_nothing(archive):
    path = archive(("a.txt", STORY))
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<L", 2**31)
    path.write_bytes(data)
    [source] = find_sources([str(path)])
    assert source.open().read() == STORY


def test_a_bomb_is_refused(archive):
    path = archive(("bomb.txt", b"".join([MEGABYTE] * 100)))
    assert path.stat().st_size < 110_000
    assert "more than it should" in refusal(path)


def test_a_bomb_in_a_bomb_is_refused(archive):
    inner = BytesIO()
    with gzip.GzipFile(fileobj=inner, mode="wb", mtime=0) as packed:
        for _ in range(100):
            packed.write(MEGABYTE)
    assert "more than it should" in refusal(archive(("bomb.txt.gz", inner.getvalue())))


def test_many_small_bombs_are_one_bomb(archive, monkeypatch):
    monkeypatch.setattr("articles.importing.files.archives.FREE_BYTES", 2_000_000)
    path = archive(*((f"{n}.txt", MEGABYTE) for n in range(9)))
    reasons = []
    for source in find_sources([str(path)]):
        try:
            source.open().close()
        except ReadError as error:
            reasons.append(str(error))
    assert 0 < len(reasons) < 9
    assert "more than it should" in reasons[-1]


def test_a_zip_in_a_zip_is_not_walked(archive):
    inner = archive(("a.txt", STORY), called="inner.zip")
    [source] = find_sources([str(archive(("inner.zip", inner.read_bytes()), called="outer.zip"))])
    assert source.open().read(2) == b"PK"


def test_a_damaged_list_costs_only_the_archive(archive, tmp_path):
    path = archive(("a.txt", STORY))
    path.write_bytes(path.read_bytes()[:-30])
    (tmp_path / "z.txt").write_bytes(STORY)
    assert "damaged" in refusal(path)
    broken, good = find_sources([str(tmp_path)])
    assert good.open().read() == STORY


@pytest.mark.parametrize("method", [ZIP_DEFLATED, ZIP_LZMA])
def test_whatever_the_damage_it_is_a_refusal(archive, method):
    path = archive(*((f"{n}.txt", STORY * 9) for n in range(3)), method=method)
    whole, chance = path.read_bytes(), random.Random(7)  # noqa: S311
    reasons = 0
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(4, len(data))] = chance.randrange(256)
        path.write_bytes(data[: chance.choice([len(data), chance.randrange(5, len(data))])])
        for source in find_sources([str(path)]):
            try:
                source.open().close()
            except ReadError:
                reasons += 1
    assert reasons > 200


@pytest.mark.parametrize("cut", [1, 5, 15])
def test_a_truncated_gzip_file_is_refused(tmp_path, cut):
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(STORY)[:-cut])
    [source] = find_sources([str(path)])
    with pytest.raises(ReadError, match=r"gzip file is damaged.*again"):
        source.open()


def test_a_gzip_bomb_is_refused():
    packed = zlib.compressobj(9, zlib.DEFLATED, 31)
    data = b"".join(packed.compress(MEGABYTE) for _ in range(60)) + packed.flush()
    with pytest.raises(ReadError, match="more than it should"):
        gunzip(BytesIO(data), len(data))


@pytest.mark.parametrize("mark", ["[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"])
def test_a_document_is_no_archive(archive, mark):
    path = archive((mark, b"x"), ("word/document.xml", b"<x/>"), called="story.docx")
    assert not is_archive(path)
    assert [source.label for source in find_sources([str(path)])] == [str(path)]


def test_nothing_is_written_beside_an_archive(archive, tmp_path):
    path = archive(("a.txt", STORY * 999_99))
    Archive(path).open("a.txt").close()
    assert list(tmp_path.iterdir()) == [path]
