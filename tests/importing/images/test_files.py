"""articles/importing/images/files.py: files -> the library, once each, with what they say of themselves."""

import os
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from PIL import Image as Picture

from articles.image_files import MAX_BYTES
from articles.importing.formats.types import ReadError
from articles.importing.images.files import ImageReport, import_images
from articles.models import Image
from articles.record.trash.moves import move_to_trash
from tests.importing.images.test_metadata import WHOLE, exif, iim, jpeg

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path_factory):
    settings.MEDIA_ROOT = str(tmp_path_factory.mktemp("media"))


def draw(colour: str = "teal", format: str = "PNG", **saving: object) -> bytes:
    stream = BytesIO()
    Picture.new("RGB", (60, 40), colour).save(stream, format, **saving)
    return stream.getvalue()


def write(folder: Path, **files: bytes) -> str:
    """Put ``files`` into ``folder``; two underscores in a name are its dot, one before them a slash."""
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(content)
    return str(folder)


def figures(report: ImageReport) -> tuple[int, int, int, int]:
    return report.created, report.unchanged, report.passed_over, report.refused


def test_a_folder_comes_in_under_the_names_of_its_files(tmp_path):
    (tmp_path / "2024").mkdir()
    write(tmp_path, harbour__png=draw(), notes__txt=b"Not a picture.")
    write(tmp_path / "2024", seal__JPG=draw("grey", "JPEG"))
    report = import_images([str(tmp_path)])
    assert figures(report) == (2, 0, 1, 0)
    assert set(Image.objects.values_list("name", flat=True)) == {"harbour.png", "seal.JPG"}
    image = Image.objects.get(name="harbour.png")
    assert (image.width, image.height) == (60, 40)
    assert default_storage.exists(image.rendition_path(60, "jpeg"))


def test_a_picture_brings_what_its_file_says_of_it(tmp_path):
    import_images([write(tmp_path, harbour__jpg=jpeg(xmp=WHOLE.encode()))])
    image = Image.objects.get()
    assert (image.caption, image.alt) == ("Boats wait & wait.", "Four boats in mud")
    assert image.credit == "Kit Wetherall, Tamsin Orrell / Skerry Press"


@pytest.mark.parametrize(
    ("title", "caption"),
    [(b"Boats at dawn", "Boats at dawn"), (b"harbour", ""), (b"harbour.jpg", "")],
)
def test_a_title_serves_as_caption_unless_it_is_the_file_s_name(tmp_path, title, caption):
    import_images([write(tmp_path, harbour__jpg=jpeg(iim((2, 5, title))))])
    assert Image.objects.get().caption == caption


def test_no_place_and_no_camera_is_in_a_rendition(tmp_path):
    written = exif(caption="Boats.", make="Lenswright")
    written.get_ifd(0x8825)[29] = "2024:05:03"
    import_images([write(tmp_path, harbour__jpg=draw(format="JPEG", exif=written))])
    image = Image.objects.get()
    for format in ("avif", "webp", "jpeg"):
        served = default_storage.open(image.rendition_path(60, format)).read()
        assert b"Lenswright" not in served
        assert not Picture.open(BytesIO(served)).getexif()


def test_twice_is_once_and_an_editor_s_words_stay(tmp_path):
    folder = write(tmp_path, harbour__jpg=jpeg(xmp=WHOLE.encode()), seal__png=draw())
    import_images([folder])
    Image.objects.filter(name="harbour.jpg").update(caption="The mud, at last.", name="mud.jpg")
    report = import_images([folder])
    assert figures(report) == (0, 2, 0, 0)
    assert Image.objects.get(name="mud.jpg").caption == "The mud, at last."
    assert report.notes == ["harbour.jpg: in the library as mud.jpg; stories find it by that name."]


def test_two_pictures_of_one_name_are_both_kept_and_named_apart(tmp_path):
    for folder, colour in (("a", "teal"), ("b", "grey")):
        (tmp_path / folder).mkdir()
        write(tmp_path / folder, harbour__png=draw(colour))
    report = import_images([str(tmp_path)])
    assert figures(report) == (2, 0, 0, 0)
    [note] = report.notes
    assert note.startswith(f"{tmp_path}/b/harbour.png: another picture of this name")
    assert "get the newest" in note


def test_a_bad_picture_costs_only_itself(tmp_path):
    folder = write(
        tmp_path,
        bomb__svg=b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        cut__png=draw()[:60],
        empty__jpg=b"",
        good__png=draw(),
        page__jpg=b"<!doctype html><script>alert(1)</script>",
        words__gif=b"Not a picture.",
        large__tif=b"II*\0" + b"\0" * MAX_BYTES,
    )
    report = import_images([folder])
    assert figures(report) == (1, 0, 0, 6)
    rows = {Path(row["file"]).name: row for row in report.refusals}
    assert rows.keys() == {
        f"{n}" for n in "bomb.svg cut.png empty.jpg page.jpg words.gif large.tif".split()
    }
    for row in rows.values():
        assert row.keys() == {"file", "field", "reason", "remedy", "code"}
        assert all(row.values())
    assert rows["bomb.svg"]["reason"] == "This is SVG, HTML or XML, which can carry programs"
    assert Image.objects.count() == 1


def test_a_file_that_is_named_by_itself_is_never_passed_over(tmp_path):
    write(tmp_path, notes__txt=b"Not a picture.")
    report = import_images([str(tmp_path / "notes.txt")])
    assert figures(report) == (0, 0, 0, 1)


def test_a_picture_without_a_suffix_is_known_by_its_content(tmp_path):
    assert figures(import_images([write(tmp_path, harbour=draw(), other=b"text")])) == (1, 0, 1, 0)


def test_smaller_sizes_of_a_picture_beside_them_are_passed_over(tmp_path):
    folder = write(tmp_path, a__png=draw("red"), b__png=draw("blue"))
    (tmp_path / "a-150x150.png").write_bytes(draw("pink"))
    (tmp_path / "c-150x150.png").write_bytes(draw("green"))
    assert figures(import_images([folder])) == (3, 0, 1, 0)
    assert set(Image.objects.values_list("name", flat=True)) == {"a.png", "b.png", "c-150x150.png"}


def test_a_dry_run_says_the_same_and_keeps_nothing(tmp_path):
    folder = write(tmp_path, a__png=draw(), b__png=draw(), c__jpg=b"no", d__txt=b"")
    dry_report = import_images([folder], dry_run=True)
    assert not Image.objects.exists()
    assert not any(default_storage.exists(name) for name in ("originals", "renditions"))
    assert figures(import_images([folder])) == figures(dry_report) == (1, 1, 1, 1)


def test_a_zip_archive_is_a_folder(tmp_path):
    with ZipFile(tmp_path / "pictures.zip", "w") as archive:
        archive.writestr("2024/harbour.png", draw())
        archive.writestr("__MACOSX/2024/._harbour.png", b"x")
        archive.writestr("2024/cut.jpg", draw("red", "JPEG")[:50])
        archive.writestr("read me.txt", b"x")
    report = import_images([str(tmp_path / "pictures.zip")])
    assert figures(report) == (1, 0, 1, 1)
    assert Image.objects.get().name == "harbour.png"
    assert report.refusals[0]["file"].endswith("pictures.zip/2024/cut.jpg")


def test_what_is_too_long_is_cut_and_said(tmp_path):
    caption = b"Boats wait in mud. " * 60
    report = import_images(
        [write(tmp_path, harbour__jpg=jpeg(iim((2, 120, caption), (2, 80, b"K" * 400))))]
    )
    image = Image.objects.get()
    assert image.caption.endswith(" …")
    assert (len(image.caption) <= 500, len(image.credit)) == (True, 160)
    assert len(report.notes) == 2


def test_a_name_that_cannot_be_kept_is_refused_and_one_with_marks_is_kept_composed(tmp_path):
    (tmp_path / ("n" * 200 + ".png")).write_bytes(draw("red"))
    (tmp_path / os.fsdecode(b"\xff\xfe.png")).write_bytes(draw("blue"))
    (tmp_path / "bru\u0308cke.png").write_bytes(draw("green"))
    report = import_images([str(tmp_path)])
    assert figures(report) == (1, 0, 0, 2)
    assert {row["field"] for row in report.refusals} == {"name"}
    assert Image.objects.get().name == "br\u00fccke.png"
    "".join(row["file"] for row in report.refusals).encode()


def test_a_full_disk_ends_the_run_and_what_came_in_stays(tmp_path, monkeypatch):
    folder = write(tmp_path, a__png=draw("red"), b__png=draw("blue"))
    storage: Any = default_storage
    real = type(storage._wrapped or storage).save
    written = []

    def save(self, *args, **kwargs):
        written.append(args)
        if len(written) > 6:
            raise OSError(28, "No space left on device")
        return real(self, *args, **kwargs)

    monkeypatch.setattr("django.core.files.storage.base.Storage.save", save)
    with pytest.raises(OSError, match="No space"):
        import_images([folder])
    assert Image.objects.get().name == "a.png"
    monkeypatch.undo()
    assert figures(import_images([folder])) == (1, 1, 0, 0)


def test_a_path_that_does_not_exist_is_said_before_anything_is_kept(tmp_path):
    folder = write(tmp_path, a__png=draw())
    with pytest.raises(ReadError, match="does not exist"):
        import_images([folder, str(tmp_path / "nowhere")])
    assert not Image.objects.exists()


def test_every_file_is_counted_on_the_way(tmp_path):
    seen = []
    folder = write(tmp_path, a__png=draw(), b__txt=b"", c__jpg=b"no")
    import_images([folder], on_file=lambda: seen.append(1))
    assert len(seen) == 3


def test_a_picture_in_the_trash_stays_there(tmp_path):
    folder = write(tmp_path, boat__png=draw())
    import_images([folder])
    move_to_trash(Image.objects.get(), by=None)
    report = import_images([folder])
    assert (report.created, report.unchanged, report.passed_over) == (0, 0, 1)
    assert report.notes == ["boat.png: it is in the trash here as boat.png. Restore it there."]
    assert Image.all_objects.count() == 1
