"""Every address of the readers' pages comes from the one list of addresses, under whatever prefix the paper stands."""

import re
from collections.abc import Iterator

import pytest
from django.urls import get_script_prefix, reverse, set_script_prefix

from articles.models import Author, Edition, Organization, Person, Tag
from tests.conftest import ROOT

# Addresses of other systems, and what Django itself puts its prefix before.
FOREIGN = {
    "articles/admin_site.py": "Django puts the prefix before the `/` that leads to the paper",
    "articles/record/quotes/links.py": "reads what an editor pasted, from whatever prefix",
    "articles/importing/formats/wordpress/permalinks.py": "how WordPress writes its addresses",
    "articles/importing/formats/ghost/relations.py": "how Ghost writes its addresses",
    "articles/importing/formats/ghost/reader.py": "how Ghost writes its addresses",
}
BY_HAND = re.compile(
    r"""["'](?:\{[^{}]*\})?/(?:articles|tags|people|organizations|authors|quotes|corrections|feed|tag|author)/"""
)


@pytest.fixture(params=["/", "/paper/", "/100%/"])
def prefix(request) -> Iterator[str]:
    """Serve the paper under a prefix, as ``FORCE_SCRIPT_NAME`` does."""
    before = get_script_prefix()
    set_script_prefix(request.param)
    yield request.param
    set_script_prefix(before)


def test_each_row_stands_where_the_list_of_addresses_says(prefix):
    author = Author(pk=7, name="Bea Bold")
    assert author.get_absolute_url() == reverse("author", args=[7, "bea-bold"])
    for row, name in (
        (Person(pk=5, slug="ann"), "person"),
        (Organization(pk=5, slug="board"), "organization"),
    ):
        assert row.get_absolute_url() == reverse(name, args=[5, row.slug])
    assert Tag(slug="nato").get_absolute_url() == reverse("tag", args=["nato"])
    edition = Edition(article_id=9, slug="headline")
    assert edition.get_absolute_url() == reverse("article", args=[9, "headline"])
    assert edition.get_absolute_url().startswith(prefix.replace("%", "%25"))


def test_no_module_and_no_template_writes_an_address_by_hand():
    by_hand = []
    files = [*ROOT.glob("articles/**/*.py"), *ROOT.glob("templates/**/*.html")]
    for path in files:
        name = str(path.relative_to(ROOT))
        if name not in FOREIGN and "migrations" not in path.parts:
            lines = enumerate(path.read_text("utf-8").splitlines(), start=1)
            by_hand += [f"{name}:{number}" for number, line in lines if BY_HAND.search(line)]
    assert by_hand == [], "use reverse, or {% url %}"
