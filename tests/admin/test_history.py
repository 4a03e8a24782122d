"""The history of a story: what the newsroom wrote, what readers got."""

import pytest
from django.urls import reverse

from articles.models import Edition
from articles.publishing import publish
from tests.factories import make_article, make_image, make_live, make_person, make_tag

from .forms import texts_of

pytestmark = pytest.mark.django_db


def page(name: str, article, *args) -> str:
    return reverse(f"admin:articles_article_{name}", args=[article.pk, *args])


def change(article, by=None, **values):
    article.take_over(article.snapshot() | values)
    article.keep_revision(by)


def test_the_history_lists_revisions_and_editions(desk):
    article = make_live(headline="First").article
    change(article, headline="Second")
    publish(article, by=None)
    said = desk.get(page("history", article)).content.decode()
    for words in ("First", "Second", "further notice", "1: what it changed", "2: what it changed"):
        assert words in said


def test_a_revision_is_shown_against_the_one_before_it(desk):
    article = make_article(headline="Boats ground", body_html="<p>The sea is calm today.</p>")
    tag, person = make_tag("Dredging"), make_person("Ada Pell")
    change(
        article,
        headline="Boats float",
        body_html="<p>The sea is rough today.</p>",
        tags=[tag.pk],
        people=[person.pk],
        bylines=[["Tom Reed", ""]],
    )
    response = desk.get(page("revision", article, 2))
    said = response.content.decode()
    assert "<del>calm</del>" in said
    assert "<ins>rough</ins>" in said
    differs = " ".join(texts_of(response, "differences"))
    assert all(word in differs for word in ("Dredging", "Ada Pell", "Tom Reed", "float"))


def test_a_link_that_changed_under_the_same_words_is_seen(desk):
    article = make_article(body_html='<p><a href="https://a.example/">Here</a></p>')
    change(article, body_html='<p><a href="https://b.example/">Here</a></p>')
    said = " ".join(texts_of(desk.get(page("revision", article, 2)), "differences"))
    assert "links and emphasis only" in said


def test_an_old_revision_becomes_the_working_copy_again_as_a_new_one(desk):
    gone = make_tag()
    article = make_article(headline="First", tags=(gone,), lead_image=make_image())
    change(article, headline="Second", is_on_hold=True, tags=[])
    gone.delete()
    desk.post(page("restore", article, 1))
    article.refresh_from_db()
    assert (article.headline, article.revision_number) == ("First", 3)
    assert article.is_on_hold, "an old version lifts no hold of today"
    assert not Edition.objects.exists()


def test_only_a_superseded_edition_can_be_hidden_and_only_with_a_reason(desk):
    article = make_live(headline="First").article
    change(article, headline="Second")
    publish(article, by=None)
    first, second = page("edition", article, 1), page("edition", article, 2)
    assert "First" in desk.get(first).content.decode()
    desk.post(second, {"reason": "Because."})
    desk.post(first, {"reason": " "})
    assert not Edition.objects.filter(is_hidden=True).exists()
    desk.post(first, {"reason": "It named a minor."})
    hidden = Edition.objects.get(is_hidden=True)
    assert (hidden.number, hidden.hidden_reason) == (1, "It named a minor.")
    assert Edition.objects.live().get().number == 2


@pytest.mark.parametrize("number", [0, 99, 10**17])
def test_a_revision_or_edition_that_is_not_there_is_not_found(desk, number):
    article = make_live().article
    for name in ("revision", "edition"):
        assert desk.get(page(name, article, number)).status_code == 404


def test_the_original_is_shown_as_escaped_text(desk):
    article = make_article(source="wire")
    article.keep_original(b"\x93Quoted\x94 <script>alert(1)</script>")
    article.save()
    response = desk.get(page("original", article))
    said = response.content.decode()
    assert "“Quoted”" in said
    assert "<script>alert(1)" not in said
    assert "&lt;script&gt;" in said
