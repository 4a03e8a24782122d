"""Fragments speak the paper's language, whoever publishes, and are rendered anew when it or its catalog changes."""

import shutil
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.translation import override
from pytest_django import Settings

from articles.composed import Composed, CorrectionNote, Credit
from articles.models import Edition
from articles.public import fragments
from articles.publishing import publish
from articles.translation.languages import catalog_version
from tests.factories import make_article, make_live, make_person, make_quote

AT = datetime(2026, 11, 23, 9, 14, tzinfo=UTC)
NOTE = CorrectionNote(AT, "18", "8", "serious")
BYLINES = (Credit("Kit"), Credit("Nora", "photos"))
STORY = Composed(1, "Seal", "seal", bylines=BYLINES, published_at=AT, corrections=(NOTE,))


def _forget() -> None:
    fragments.rendered_with.cache_clear()
    catalog_version.cache_clear()


def test_fragment_ignores_the_language_of_who_publishes(pseudo_locale: str) -> None:
    with override(pseudo_locale):
        html = fragments.page(STORY) + fragments.card(STORY)
    assert html == fragments.page(STORY) + fragments.card(STORY)
    assert "Serious correction" in html
    assert "23 November 2026" in html


def test_fragment_speaks_the_papers_language(pseudo_paper: str) -> None:
    html = fragments.page(STORY)
    assert "Šééŕííóóúúš çóóŕŕééçţííóóñ" in html
    assert "23 Ñóóṽééɱƀééŕ 2026" in html
    assert 'Ɓýý <span class="author">Kit</span>, <span class="author">Nora' in html


def test_hash_follows_language_and_catalog(
    settings: Settings, pseudo_folder: Path, tmp_path: Path
) -> None:
    names = []
    for language in ("en-gb", "de", "en-xa"):
        settings.LANGUAGE_CODE = language
        _forget()
        names.append(fragments.rendered_with())
    settings.LOCALE_PATHS = [shutil.copytree(pseudo_folder, tmp_path / "locale")]
    _forget()
    names.append(fragments.rendered_with())
    _forget()
    assert len(set(names)) == 4


@pytest.mark.django_db
def test_story_is_shown_and_rendered_anew_after_the_language_changed(
    client: Client, request: pytest.FixtureRequest
) -> None:
    edition = make_live()
    assert "Published" in client.get(edition.get_absolute_url()).content.decode()
    request.getfixturevalue("pseudo_paper")
    page = client.get(edition.get_absolute_url())
    assert "Þúúƀļííšĥééđ" in page.content.decode(), "rendered live"
    assert '<html lang="en-xa"' in page.content.decode()
    call_command("render_editions", stdout=StringIO())
    stored = Edition.objects.get(pk=edition.pk)
    assert "Þúúƀļííšĥééđ" in stored.page_html
    assert fragments.is_fresh(stored.rendered_with)
    assert client.get(edition.get_absolute_url()).content == page.content


@pytest.mark.django_db
def test_occasion_of_a_quote_is_stored_as_the_code_has_it_and_shown_translated(
    client: Client, pseudo_paper: str
) -> None:
    article = make_article(body_html="<p>“We shall pay,” she said.</p>")
    make_quote(article, "We shall pay,", person=make_person(), said_how="interview")
    with override(pseudo_paper):
        edition = publish(article, by=None)
    assert edition.quotes[0]["said_how"] == "in an interview"
    page = client.get(f"/quotes/{edition.quotes[0]['key']}/").content.decode()
    assert "Ííñ ááñ ííñţééŕṽííééŵ" in page
