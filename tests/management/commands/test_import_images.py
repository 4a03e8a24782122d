import json
from io import BytesIO

import pytest
from django.core.management import CommandError, call_command
from PIL import Image as Picture

from articles.models import Image

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path, settings):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    stream = BytesIO()
    Picture.new("RGB", (60, 40), "teal").save(stream, "PNG")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "harbour.png").write_bytes(stream.getvalue())
    return tmp_path / "in"


def test_the_figures_are_in_words_and_as_json_on_the_last_line(folder, capsys):
    call_command("import_images", str(folder), "--json")
    lines = capsys.readouterr().out.strip().splitlines()
    assert "1 created, 0 unchanged, 0 passed over, 0 refused" in lines[0]
    assert "Without alternative text: 1." in lines[0]
    figures = json.loads(lines[-1])
    assert figures.keys() == {
        *("created", "unchanged", "passed_over", "refused", "undescribed", "seconds", "dry_run"),
    }
    assert figures["created"] == 1


def test_a_refusal_names_file_reason_and_remedy_and_makes_the_exit_status_1(folder, capsys):
    (folder / "page.jpg").write_bytes(b"<html>")
    with pytest.raises(SystemExit) as stop:
        call_command("import_images", str(folder))
    assert stop.value.code == 1
    message = "page.jpg, file: This is SVG, HTML or XML, which can carry programs. Save it as"
    assert message in capsys.readouterr().err
    assert Image.objects.count() == 1


def test_a_missing_path_is_an_error_without_a_traceback():
    with pytest.raises(CommandError, match="does not exist"):
        call_command("import_images", "no/such/folder")


def test_a_full_disk_is_an_error_without_a_traceback(folder, monkeypatch):
    def save(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("django.core.files.storage.base.Storage.save", save)
    with pytest.raises(CommandError, match="No space left"):
        call_command("import_images", str(folder))


def test_a_dry_run_says_so(folder, capsys):
    call_command("import_images", str(folder), "--dry-run")
    assert "Nothing was kept (dry run)" in capsys.readouterr().out
    assert not Image.objects.exists()
