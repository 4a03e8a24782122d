"""A field ``strapline``, declared a moment ago, on its way through form, conflict, history, import and publication."""

from typing import Any

import pytest
from django.urls import reverse

from articles.importing.formats.reader import Reader
from articles.importing.formats.types import ParsedArticle
from articles.importing.pipeline.options import ImportOptions
from articles.importing.pipeline.run import run_import
from articles.models import Article, Edition
from articles.public.syndication.ninjs import news_item
from articles.public.syndication.schema_org import news_article
from articles.publishing import publish
from articles.roles import make_roles
from tests.admin.forms import fields_of, form_of, texts_of
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(db):
    make_roles()
    return make_user(username="chief", groups=("chief",))


@pytest.fixture
def chief_client(client, chief):
    client.force_login(chief)
    return client


def post(client, article, page, **values):
    return client.post(form_of(article), fields_of(page, "article_form") | values | {"_save": "1"})


def test_the_form_has_it_and_stores_it(chief_client):
    article: Any = make_article()
    page = chief_client.get(form_of(article))
    assert "What the strapline is for." in " ".join(texts_of(page, "help"))
    assert post(chief_client, article, page, strapline="Under it all").status_code == 302
    article.refresh_from_db()
    assert article.strapline == "Under it all"
    assert article.revisions.first().snapshot["strapline"] == "Under it all"
    assert post(chief_client, article, page, strapline="x" * 41).status_code in (200, 409)


def test_a_form_from_before_takes_nothing_of_a_colleague_back(chief_client):
    article: Any = make_article()
    revision = article.revisions.get()
    del revision.snapshot["strapline"]
    revision.save()
    page = chief_client.get(form_of(article))
    article.apply_snapshot({"strapline": "Theirs"})
    article.create_revision(None)
    conflict = post(chief_client, article, page, headline="Mine")
    assert conflict.status_code == 409
    post(chief_client, article, conflict)
    article.refresh_from_db()
    assert (article.headline, article.strapline) == ("Mine", "Theirs")


def test_the_history_shows_it_and_an_old_revision_empties_it(chief_client):
    article: Any = make_article()
    revision = article.revisions.get()
    del revision.snapshot["strapline"]
    revision.save()
    article.apply_snapshot({"strapline": "New"})
    article.create_revision(None)
    page = chief_client.get(reverse("admin:articles_article_revision", args=[article.pk, 2]))
    assert "Strapline" in page.content.decode()
    chief_client.post(reverse("admin:articles_article_restore", args=[article.pk, 1]))
    article.refresh_from_db()
    assert article.strapline == ""


def test_readers_feeds_and_other_systems_get_it(chief):
    article: Any = make_article(strapline="Under it all")
    edition = publish(article, by=chief)
    stored: Any = Edition.objects.get(pk=edition.pk)
    assert stored.strapline == stored.composed.strapline == "Under it all"
    assert news_item(stored.composed, "https://a.example/")["x-strapline"] == "Under it all"
    assert news_article(stored.composed, "https://a.example/")["abstract"] == "Under it all"


class StraplineReader(Reader):
    NAME = "straplines"

    def identify(self, head, name):
        return True

    def read(self, stream, name):
        for number, line in enumerate(stream.read().decode().splitlines(), 1):
            own: dict[str, Any] = {"strapline": line}
            yield ParsedArticle(
                str(number),
                line.encode(),
                f"s{number}",
                headline="Gale",
                body_html="<p>It blew.</p>",
                **own,
            )


def test_an_import_brings_it_in_and_refuses_what_does_not_fit(tmp_path, monkeypatch):
    reader = StraplineReader()
    monkeypatch.setattr(
        "articles.importing.pipeline.reading.records.identify", lambda *args: reader
    )
    path = tmp_path / "lines.txt"
    path.write_text("Windy\n" + "x" * 41 + "\n")
    report = run_import([str(path)], ImportOptions(source="wire"))
    article: Any = Article.objects.get(source="wire")
    assert article.strapline == "Windy"
    assert [refusal["field"] for refusal in report.refusals] == ["strapline"]
