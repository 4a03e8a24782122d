"""The pseudo-locale accents every letter, is a third longer, and keeps what a translator keeps."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils.formats import date_format
from django.utils.translation import gettext, override

from articles.translation.pseudo import accent, pseudo_catalog


@pytest.mark.parametrize(
    ("text", "accented"),
    [
        ("Older stories", "Óóļđééŕ šţóóŕííééš"),
        ("100 %% of %(name)s", "100 %% óóƒ %(name)s"),
        ('<a href="{{ url }}">See</a> &amp; go', '<a href="{{ url }}">Šéééé</a> &amp; ĝóó'),
        ("{before} and {last}", "{before} ááñđ {last}"),
        ("%s of %d", "%s óóƒ %d"),
    ],
)
def test_places_and_tags_are_kept(text: str, accented: str) -> None:
    assert accent(text) == accented


def test_it_is_about_a_third_longer() -> None:
    sentences = [message.id for message in pseudo_catalog() if isinstance(message.id, str)]
    growth = sum(len(accent(text)) for text in sentences) / sum(map(len, sentences))
    assert 1.25 < growth < 1.45


def test_every_place_survives() -> None:
    assert list(pseudo_catalog().check()) == []


def test_django_speaks_it_too(pseudo_locale: str) -> None:
    with override(pseudo_locale):
        assert gettext("This field is required.") == "Ţĥííš ƒííééļđ ííš ŕééɋúúííŕééđ."
        assert date_format(date(2026, 5, 4), "l j F Y") == "Ṁóóñđááýý 4 Ṁááýý 2026"


def test_command_writes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.translation.languages.LOCALE", tmp_path)
    call_command("make_pseudo_locale", stdout=StringIO())
    assert (tmp_path / "en_XA/LC_MESSAGES/django.mo").stat().st_size > 10_000
