"""The languages that there are, and what the paper's one is translated with."""

from pathlib import Path

import pytest
from django.utils.translation import get_language, override
from pytest_django import Settings

from articles.translation import languages


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Give an empty folder of catalogs."""
    settings.LOCALE_PATHS = [tmp_path]
    return tmp_path


def test_desk_speaks_what_has_a_catalog(folder: Path) -> None:
    (folder / "pt_BR").mkdir()
    offered = dict(languages.desk_languages())
    assert offered["en"] == "English"
    assert offered["pt-br"] == "Português Brasileiro"
    assert "de" not in offered


def test_paper_language_holds_for_a_while(settings: Settings) -> None:
    settings.LANGUAGE_CODE = "en-gb"
    with override("de"):
        with languages.in_paper_language():
            assert get_language() == "en-gb"
        assert get_language() == "de"


def test_version_follows_language_and_catalog(settings: Settings, folder: Path) -> None:
    versions = set()
    for language, content in [("en-gb", b""), ("de", b""), ("de", b"new"), ("de-at", b"new")]:
        settings.LANGUAGE_CODE = language
        (folder / "de/LC_MESSAGES").mkdir(parents=True, exist_ok=True)
        (folder / "de/LC_MESSAGES/django.mo").write_bytes(content)
        languages.catalog_version.cache_clear()
        versions.add(languages.catalog_version())
    languages.catalog_version.cache_clear()
    assert len(versions) == 4
