"""The desk's index holds the words of every story as it is now, on both databases, whatever was done to it."""

import random
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import clock
from articles.models import Article, ArticleSearch, Revision
from articles.publishing import publish
from articles.record.consistency.search_words import build_indexes, search_issues
from articles.record.merging.merge import merge_rows, undo_merge
from articles.record.trash.empty import empty_trash
from articles.record.trash.moves import move_to_trash, restore_from_trash
from articles.text.search import parse_query
from articles.text.search.index import IndexQuery, NamedTerms, label
from tests.factories import make_article, make_organization, make_person, make_tag, make_user

pytestmark = pytest.mark.django_db


def find(text: str, *labels: str) -> list[int]:
    return ArticleSearch.objects.newest_owners(IndexQuery(parse_query(text, "en"), labels))[0]


def stored_rows() -> dict[int, tuple]:
    columns = ("article_id", "key", "headline", "details", "body", "forms", "labels", "vector")
    return {pk: tuple(row) for pk, *row in ArticleSearch.objects.values_list(*columns)}


def assert_as_built_anew() -> None:
    """Assert that what was written bit by bit is what ``build_search --all`` writes."""
    assert list(search_issues()) == []
    rows = stored_rows()
    assert rows.keys() == {*Article.all_objects.values_list("pk", flat=True)}
    list(build_indexes(every=True))
    assert stored_rows() == rows
    assert ArticleSearch.objects.holds_together()


@pytest.fixture
def story():
    return make_article(
        headline="Dredgers dig the harbour",
        kicker="Shipping",
        dek="A channel for ferries",
        body_html="<p>The quay at <strong>Østby</strong> holds.</p>",
        ed_note="Call the pilot again",
        people=(make_person("Ada Lund"),),
        organizations=(make_organization("Port of Sund"),),
        tags=(make_tag("Ferries"),),
        bylines=("Nia Holt",),
    )


@pytest.mark.parametrize(
    "text",
    [
        "dredger",
        "harbour",
        "shipping",
        "channel ferry",
        "ostby",
        "ØSTBY",
        "pilot",
        '"quay at ostby"',
        "harb",
        "dig -cod",
    ],
)
def test_a_draft_is_found_by_its_words(story, text):
    assert find(text) == [story.pk]


@pytest.mark.parametrize(
    "text", ['"ostby quay"', "dig -harbour", "arbour", "lund", "holt", "p1", "nowhere"]
)
def test_it_is_not_found_by_others(story, text):
    assert find(text) == []


@pytest.mark.parametrize(
    "text",
    ["'", '"', "\\", "a' | 'b", "NEAR(a b)", "a:*", "!a", "{headline}:x", "*", "(", "\0x", "½"],
)
def test_no_words_make_it_fail(story, text):
    if parse_query(text, "en"):
        assert find(text) in ([], [story.pk])


def test_a_term_is_met_by_what_a_story_is_filed_under(story):
    person = story.people.get()
    query = parse_query("harbour lund", "en")
    labels = (label("p", person.pk), *(label("p", key) for key in range(900, 1100)))
    names = (NamedTerms((query.terms[1],), labels),)
    matches = ArticleSearch.objects.newest_owners(IndexQuery(query, names=names))
    assert matches == ([story.pk], False)
    excluding = parse_query("harbour -lund", "en")
    names = (NamedTerms((excluding.excluded[0],), labels),)
    matches = ArticleSearch.objects.newest_owners(IndexQuery(excluding, names=names))
    assert matches == ([], False)


def test_the_story_changed_last_comes_first_and_the_rest_is_cut(story):
    other = make_article(headline="Harbour again")
    assert find("harbour") == [other.pk, story.pk]
    later = clock.now() + timedelta(seconds=5)
    Article.objects.filter(pk=story.pk).update(updated_at=later)
    ArticleSearch.objects.index_anew([story.pk])
    assert find("harbour") == [story.pk, other.pk]
    query = IndexQuery(parse_query("harbour", "en"))
    third = make_article(headline="A third harbour")
    matches = ArticleSearch.objects.newest_owners(query, most=2, walked=2)
    assert matches == ([story.pk, third.pk], True)
    matches = ArticleSearch.objects.newest_owners(query, most=3, walked=2)
    assert matches == ([story.pk, third.pk, other.pk], False)


def test_an_edit_replaces_the_words(story):
    story.apply_snapshot({"headline": "Cod lands", "ed_note": "", "tags": []})
    story.create_revision(None)
    assert find("dredger") == find("pilot") == []
    assert find("cod") == [story.pk]
    assert find("cod", label("t", make_tag("Other").pk)) == []
    assert_as_built_anew()


def test_a_save_costs_two_statements_more(story):
    article = Article.objects.get(pk=story.pk)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        article.create_revision(None)
    index = [q["sql"] for q in captured if "articles_article" in q["sql"] and "words" in q["sql"]]
    index += [q["sql"] for q in captured if "articles_articlesearch" in q["sql"]]
    assert 1 <= len({*index}) <= 2
    assert Revision.objects.filter(article=story).count() == 2


def test_publishing_leaves_the_words_of_the_desk_as_they_are(story):
    rows = stored_rows()
    publish(story, by=make_user())
    assert stored_rows() == rows
    assert_as_built_anew()


def test_a_spiked_story_keeps_its_words_until_the_trash_is_emptied(story):
    entry = move_to_trash(story, by=make_user(), reason="Not ours")
    assert find("dredger") == [story.pk]
    assert_as_built_anew()
    restore_from_trash(entry, by=make_user())
    assert_as_built_anew()
    move_to_trash(Article.objects.get(pk=story.pk), by=make_user(), reason="Not ours")
    assert empty_trash(0).deleted["article"] == 1
    assert find("dredger") == []
    assert_as_built_anew()


def test_what_goes_to_the_trash_leaves_the_stories_under_it(story):
    tag = story.tags.get()
    assert find("harbour", label("t", tag.pk)) == [story.pk]
    entry = move_to_trash(tag, by=make_user())
    assert find("harbour", label("t", tag.pk)) == []
    assert_as_built_anew()
    restore_from_trash(entry, by=make_user())
    assert find("harbour", label("t", tag.pk)) == [story.pk]
    assert_as_built_anew()


def test_a_merge_and_its_undo_file_the_stories_anew(story):
    target, source = make_person("A. Lund"), story.people.get()
    merge = merge_rows(target, source, by=make_user(), is_sure=True)
    assert find("harbour", label("p", target.pk)) == [story.pk]
    assert find("harbour", label("p", source.pk)) == []
    assert_as_built_anew()
    undo_merge(merge, by=make_user())
    assert find("harbour", label("p", source.pk)) == [story.pk]
    assert find("harbour", label("p", target.pk)) == []
    assert_as_built_anew()


def test_a_new_name_of_a_tag_changes_no_row(story):
    rows = stored_rows()
    tag = story.tags.get()
    tag.name = "Crossings"
    tag.save()
    assert stored_rows() == rows


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_done_to_a_story_its_row_is_as_built_anew(seed):
    """Edits, restored texts, the trash, merges and publications in any order, each checked."""
    choose = random.Random(seed)  # noqa: S311
    editor = make_user(is_superuser=True)
    people = [make_person(f"Person {number}") for number in range(4)]
    tags = [make_tag(f"Tag {number}") for number in range(3)]
    stories = [make_article(people=(people[0],), tags=(tags[0],)) for _ in range(3)]

    def edit(article: Article) -> None:
        word = choose.choice("cod herring kelp østers “mud” &amp; q-boat 12".split())
        article.apply_snapshot(
            {
                "headline": f"About {word}",
                "body_html": f"<p>{word} again.</p>" * choose.randint(0, 3),
                "ed_note": choose.choice(["", word]),
                "tags": [tag.pk for tag in tags if choose.random() > 0.5],
                "people": [person.pk for person in people if choose.random() > 0.5],
                "bylines": choose.choice([[], [["Nia Holt", ""]], [["Bo Teal", "photographs"]]]),
            }
        )
        article.create_revision(editor)

    def restore(article: Article) -> None:
        article.apply_snapshot(article.revisions.last().snapshot)
        article.create_revision(editor, restored_from=1)

    def spike_and_restore(article: Article) -> None:
        if not article.editions.exists():
            entry = move_to_trash(article, by=editor, reason="Not ours")
            assert list(search_issues()) == []
            restore_from_trash(entry, by=editor)

    def merge(article: Article) -> None:
        target, source = choose.sample(people, 2)
        done = merge_rows(target, source, by=editor, is_sure=True)
        assert list(search_issues()) == []
        undo_merge(done, by=editor)

    def release(article: Article) -> None:
        publish(article, by=editor)

    for _ in range(8):
        step = choose.choice([edit, edit, restore, spike_and_restore, merge, release])
        step(Article.objects.get(pk=choose.choice(stories).pk))
        assert list(search_issues()) == [], step.__name__
    assert_as_built_anew()
