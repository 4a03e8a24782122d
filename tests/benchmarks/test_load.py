"""tests/benchmarks: what is measured with is what the product would have written."""

import pytest
from django.db import connection

from articles.models import Article, Edition, EditionQuote, EditionSearch, NameWord, Person, Tag
from articles.models.search import check_words_table, search_key
from articles.public import fragments, urls
from articles.publishing.compose import compose
from articles.text.quotes.statement_key import statement_key
from tests.benchmarks import addresses, clone_texts, load, plan_rules, plans, stories
from tests.factories import make_article

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def editions(monkeypatch: pytest.MonkeyPatch) -> list[Edition]:
    """Load a paper of 36 stories, twelve three times; return what is listed."""
    monkeypatch.setattr(stories, "CORRECTED", 6)
    monkeypatch.setattr(stories, "WITHDRAWN", 9)
    assert load.load(30, templates=12) == 36
    return list(Edition.objects.listed().order_by("pk"))


def test_the_loader_writes_what_publishing_would_have_written(editions):
    articles = Article.objects.with_everything().order_by("pk")
    assert (len(articles), len(editions)) == (36, 33)
    live = {edition.article_id: edition for edition in editions}
    for article in articles:
        edition = live.get(article.pk)
        assert article.revisions.get().snapshot == article.snapshot()
        if edition:
            story = edition.composed
            composed = compose(article, published_at=edition.published_at)
            same = {name: getattr(composed, name) for name in ("body_html", "body_text", "quotes")}
            same |= {name: getattr(composed, name) for name in ("tags", "people", "organizations")}
            assert {name: getattr(story, name) for name in same} == same
            assert fragments.card(story) == edition.card_html
            assert fragments.page(story) == edition.page_html
    assert EditionSearch.objects.find_differing(editions) == set()
    assert {row.pk for row in EditionSearch.objects.all()} == {search_key(row) for row in editions}
    assert check_words_table()
    for quote in EditionQuote.objects.select_related("edition"):
        assert quote.statement_key == statement_key(quote.text)
        assert quote.published_at == quote.edition.published_at


def test_a_loaded_paper_has_links_days_and_words_of_its_own(editions):
    assert len({edition.published_at for edition in editions}) == len(editions)
    assert {kind for (kind,) in Edition.objects.values_list("kind").distinct()} == {
        *("update", "correction", "withdrawal")
    }
    texts = " ".join(
        edition.page_html + edition.card_html + edition.body_text for edition in editions
    )
    for placeholder in ("xq", "zqtag", "Zqfamot", "810001", "820001", "900000"):
        assert placeholder not in texts
    words = load.searched_words(36)
    assert all(any(word in texts for word in getattr(words, kind)) for kind in ("common", "old"))
    assert not any(word in texts for word in words.absent)
    people = Person.objects.public()
    assert people.filter(sort_name__startswith="Z").count() > 12
    assert NameWord.objects.filter(kind="person", word__startswith="z").count() == 20
    assert Tag.objects.get(slug=editions[0].tags[-1]["slug"]).link_count > 0


def test_a_story_can_be_published_after_a_load(editions, client):
    edition = make_live_after(editions)
    assert edition.pk > editions[-1].pk
    assert client.get(edition.get_absolute_url()).status_code == 200
    with connection.cursor() as cursor:
        connection.check_constraints()
        cursor.execute("SELECT 1")


def make_live_after(editions: list[Edition]) -> Edition:
    from articles.publishing import publish

    return publish(make_article(headline="After the load"), by=None)


def test_every_public_address_is_asked_for_and_has_an_index_to_be_answered_by(editions):
    """In so small a paper a scan is the best plan: PostgreSQL is told to do without wherever it can."""
    every_address = addresses.list_addresses(addresses.choose_samples())
    names = {pattern.name for pattern in urls.urlpatterns}
    assert names - {address.view for address in every_address} == set()
    large = dict.fromkeys((model._meta.db_table for model in clone_texts.TABLES), 1)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET enable_seqscan = off")
    else:
        large = dict.fromkeys(large, 30_000)
    faults = {}
    for answer in plans.request_each(every_address):
        _, faults[answer.address.name] = plans.find_faults(answer, large)
    connection.close()
    assert {name: fault for name, fault in faults.items() if fault} == {}


def test_a_scan_of_a_large_table_is_a_fault_and_so_is_a_walk_through_many_rows():
    scan = {"Node Type": "Seq Scan", "Relation Name": "story", "Actual Rows": 1, "Actual Loops": 1}
    walk = {"Node Type": "Index Scan", "Actual Rows": 2, "Rows Removed by Filter": 9_000}
    plan = plan_rules.read_postgresql({"Node Type": "Limit", "Plans": [scan, walk]})
    assert (plan.scanned, plan.work) == ((("story", 1),), 9_003)
    assert plan_rules.find_faults(plan, {"story": 10**6}) == ["reads all of story"]
    assert plan_rules.find_faults(plan, {}) == []
    plan = plan_rules.read_postgresql(walk | {"Actual Loops": 2})
    assert plan_rules.find_faults(plan, {}) == ["reads 18004 where 15000 are the most"]


@pytest.mark.parametrize(
    ("line", "tables"),
    [
        ("SCAN story", ["story"]),
        ("SCAN U0", ["link"]),
        ("SCAN story USING INDEX newest", []),
        ("SCAN words VIRTUAL TABLE INDEX 0:M5", []),
        ("SCAN CONSTANT ROW", []),
        ("SEARCH story USING INTEGER PRIMARY KEY (rowid=?)", []),
        ("USE TEMP B-TREE FOR ORDER BY", []),
    ],
)
def test_a_scan_is_read_from_the_plan_of_sqlite(line, tables):
    sql = 'SELECT * FROM "story" WHERE EXISTS(SELECT 1 FROM "link" U0)'
    plan = plan_rules.read_sqlite([line], sql, steps=500)
    assert [table for table, _ in plan.scanned] == tables
    faults = plan_rules.find_faults(plan, dict.fromkeys(tables, 400))
    assert faults == [f"reads all of {table}" for table in tables]
    assert plan_rules.find_faults(plan, dict.fromkeys(tables, 600)) == []


def test_the_loader_refuses_a_database_with_stories_of_somebody(db):
    make_article()
    with pytest.raises(SystemExit, match="somebody"):
        load.count_own_stories()
