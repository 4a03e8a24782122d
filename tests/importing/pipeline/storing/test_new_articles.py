"""New stories are stored with all that they name, as one that is read afterwards has it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.importing.formats.types import TEMPLATE_TAGS, Hold, ParsedArticle, ParsedName
from articles.importing.pipeline.storing.entities import EntityResolver
from articles.importing.pipeline.storing.new_articles import new_articles
from articles.models import Article, ArticleSearch, DeskNameWord, Edition, ImportRun
from articles.publishing import compose
from articles.record.consistency.search_words import search_issues
from tests.factories import make_image, make_membership, make_organization, make_person

pytestmark = pytest.mark.django_db


def parsed(number: int, **fields) -> ParsedArticle:
    defaults = {"headline": f"Story {number}", "body_html": f"<p>Words of {number}.</p>"}
    return ParsedArticle(str(number), b"bytes %d" % number, **defaults | fields)


@pytest.fixture
def store():
    """Give a function that stores stories and returns them as stored and as read anew."""

    def store(*stories: ParsedArticle) -> list[tuple[Article, Article]]:
        run = ImportRun.objects.create(source="wire")
        entities = EntityResolver(run=run)
        entities.resolve(stories)
        articles = new_articles(stories, entities, run)
        read = Article.objects.with_everything().in_bulk([row.pk for row in articles])
        return [(article, read[article.pk]) for article in articles]

    return store


def test_a_new_story_composes_as_it_does_when_it_is_read_again(store):
    ada, port = make_person("Ada Quince"), make_organization("Harbour Watch")
    make_membership(ada, port, "harbour master")
    make_image(name="gale.jpg")
    stories = [
        parsed(
            1,
            bylines=(ParsedName("Ann Marrow"), ParsedName("Bo Teal", "photographs")),
            tags=("section:Harbour", "weather"),
            people=("Ada Quince", "Nils Berg"),
            organizations=("Harbour Watch",),
            picture="gale.jpg",
        ),
        parsed(2, people=("Ada Quince",)),
        parsed(3),
    ]
    for article, read in store(*stories):
        assert compose(article) == compose(read)
        assert article.snapshot() == read.snapshot()
        expected = f"bytes {article.headline.split()[-1]}".encode()
        assert article.original_bytes() == read.original_bytes() == expected


def test_the_desk_finds_new_stories_by_their_words_and_names(store):
    stories = [
        parsed(1, people=("Nils Berg",), tags=("weather",), bylines=(ParsedName("Bo Teal"),))
    ]
    with CaptureQueriesContext(connection) as captured:
        store(*stories, *(parsed(number) for number in range(2, 9)))
    written = [q["sql"] for q in captured if "INTO articles_article" in q["sql"]]
    assert len(written) <= 2, "one batch, whatever its size"
    assert ArticleSearch.objects.count() == 8
    assert list(search_issues()) == []
    assert {*DeskNameWord.objects.values_list("word", flat=True)} >= {"nils", "weather", "teal"}


def test_who_has_a_role_on_record_carries_it_in_the_first_edition(import_story):
    ada, port = make_person("Ada Quince"), make_organization("Harbour Watch")
    make_membership(ada, port, "harbour master")
    import_story(publish=True)
    (person,) = Edition.objects.get().people
    assert person["role"] == "harbour master, Harbour Watch"


def test_a_story_that_its_source_holds_is_on_hold_from_its_first_revision(store):
    hold = Hold(TEMPLATE_TAGS, "It shows a tag.")
    (on_hold, read), (free, _) = store(parsed(1, holds=(hold,)), parsed(2))
    assert (on_hold.is_on_hold, read.is_on_hold, free.is_on_hold) == (True, True, False)
    first = read.revisions.get()
    assert (first.number, first.by, first.is_edit, first.note) == (1, None, False, "")
    assert first.snapshot == read.snapshot()
    assert first.run == ImportRun.objects.get()


def test_the_same_author_twice_in_one_role_stands_once(store):
    lines = (ParsedName("Ann Marrow"), ParsedName("Ann Marrow"), ParsedName("Ann Marrow", "photos"))
    ((_, read),) = store(parsed(1, bylines=lines))
    assert [str(line) for line in read.bylines.all()] == ["Ann Marrow", "Ann Marrow (photos)"]


@pytest.mark.parametrize("note", ["", "As sent."])
def test_a_picture_that_is_not_here_is_noted_for_the_editors(store, note):
    ((_, read),) = store(parsed(1, picture="lost.jpg", ed_note=note))
    assert read.lead_image is None
    assert read.ed_note == f"{note}\nNot in the library: lost.jpg".strip()


def test_no_story_is_no_row(store):
    assert store() == []
    assert not Article.objects.exists()
