"""The catalogs hold every marked sentence, and what is compiled says what was written. No gettext is needed."""

from io import BytesIO, StringIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from django.core.management import CommandError, call_command

from articles.translation import catalogs
from articles.translation.languages import LOCALE, SOURCE, catalog_of

HINT = "run: uv run manage.py makemessages"


@pytest.fixture(scope="module")
def messages() -> Catalog:
    return catalogs.extract_messages()


def _keys(catalog: Catalog) -> set[tuple[object, str | None]]:
    return {(message.id, message.context) for message in catalog if message.id}


def _entries(compiled: bytes) -> dict[object, object]:
    """Return what a compiled catalog says, whatever program compiled it."""
    return {m.id: (m.context, m.string) for m in read_mo(BytesIO(compiled)) if m.id}


def _committed() -> list[Path]:
    return sorted(
        file for file in LOCALE.glob("*/LC_MESSAGES/django.po") if "en_XA" not in file.parts
    )


def test_there_is_a_catalog_of_the_source() -> None:
    assert catalog_of(SOURCE) in _committed()


@pytest.mark.parametrize("file", _committed(), ids=lambda file: file.parent.parent.name)
def test_catalog_has_every_marked_sentence(file: Path, messages: Catalog) -> None:
    catalog_keys = _keys(catalogs.read_catalog(file))
    assert sorted(map(str, _keys(messages) - catalog_keys)) == [], HINT
    assert sorted(map(str, catalog_keys - _keys(messages))) == [], HINT


@pytest.mark.parametrize("file", _committed(), ids=lambda file: file.parent.parent.name)
def test_compiled_catalog_says_what_is_written(file: Path) -> None:
    written = catalogs.compile_catalog(catalogs.read_catalog(file))
    assert _entries(file.with_suffix(".mo").read_bytes()) == _entries(written), HINT


@pytest.mark.parametrize("file", _committed(), ids=lambda file: file.parent.parent.name)
def test_translation_keeps_the_places(file: Path) -> None:
    assert list(catalogs.read_catalog(file).check()) == []


@pytest.mark.parametrize(
    ("sentence", "context"),
    [
        ("There is nothing here", None),  # a template
        ("Choose two different people.", None),  # gettext_lazy
        (("%(count)s quote", "%(count)s quotes"), None),  # ngettext
        (("%(n)s story", "%(n)s stories"), None),  # blocktranslate count
        ("Takes back", "… what Ann said on 3 May"),  # pgettext_lazy
        ("Only the first %(most)s words were looked for. Left out: %(words)s", None),  # Message
    ],
)
def test_every_way_of_marking_is_known(
    messages: Catalog, sentence: str | tuple[str, str], context: str | None
) -> None:
    assert (sentence, context) in _keys(messages)


def test_update_keeps_translations_and_guesses_none(tmp_path: Path) -> None:
    file = tmp_path / "de/LC_MESSAGES/django.po"
    first = Catalog()
    first.add("Older stories")
    first.add(("%(n)s story", "%(n)s stories"))
    catalog = catalogs.update_catalog(file, "de", first)
    catalog["Older stories"].string = "Ältere Artikel"
    catalogs.write_catalog(file, catalog)
    second = Catalog()
    second.add("Older stories")
    second.add("Older storeys")
    updated = catalogs.update_catalog(file, "de", second)
    assert {message.id: message.string or "" for message in updated if message.id} == {
        "Older stories": "Ältere Artikel",
        "Older storeys": "",
    }
    assert not updated.obsolete


def test_what_is_not_translated_is_not_compiled(tmp_path: Path) -> None:
    messages = Catalog()
    messages.add(("%(n)s story", "%(n)s stories"))
    messages.add("Older stories")
    file = tmp_path / "de.po"
    catalogs.write_catalog(file, catalogs.update_catalog(file, "de", messages))
    assert _entries(file.with_suffix(".mo").read_bytes()) == {}


def test_writing_twice_changes_nothing(tmp_path: Path, messages: Catalog) -> None:
    file = tmp_path / "fr.po"
    catalogs.write_catalog(file, catalogs.update_catalog(file, "fr", messages))
    once = file.read_bytes(), file.with_suffix(".mo").read_bytes()
    catalogs.write_catalog(file, catalogs.update_catalog(file, "fr", messages))
    assert (file.read_bytes(), file.with_suffix(".mo").read_bytes()) == once


@pytest.fixture
def locale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the commands write into a folder of the test's own."""
    for module in ("translation.languages", "management.commands.compilemessages"):
        monkeypatch.setattr(f"articles.{module}.LOCALE", tmp_path / "articles/locale")
    return tmp_path / "articles/locale"


def test_command_writes_a_new_language(locale: Path) -> None:
    out = StringIO()
    call_command("makemessages", locale=["pt-br"], stdout=out)
    assert (locale / "pt_BR/LC_MESSAGES/django.mo").exists()
    assert (locale / "en/LC_MESSAGES/django.po").exists()
    assert "articles/locale/pt_BR/LC_MESSAGES/django.po: 0/" in out.getvalue()


def test_command_refuses_what_is_no_language(locale: Path) -> None:
    with pytest.raises(CommandError, match="no language"):
        call_command("makemessages", locale=["../etc"], stdout=StringIO())


def test_compiling_refuses_a_translation_that_lost_a_place(locale: Path) -> None:
    call_command("makemessages", locale=["de"], stdout=StringIO())
    file = locale / "de/LC_MESSAGES/django.po"
    catalog = catalogs.read_catalog(file)
    catalog["This paper has no such tag."].string = "Dieses Schlagwort gibt es nicht."
    catalogs.write_catalog(file, catalog)
    call_command("compilemessages", stdout=StringIO())
    catalog["What %(name)s said"].string = "Was gesagt wurde, %(nome)s"
    catalogs.write_catalog(file, catalog)
    with pytest.raises(CommandError, match=r"What %\(name\)s said"):
        call_command("compilemessages", stdout=StringIO())
