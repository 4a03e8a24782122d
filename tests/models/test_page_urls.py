"""Every address of the readers' pages comes from the one list of addresses, under whatever prefix the paper stands."""

import re
from collections.abc import Iterator

import pytest
from django.urls import get_script_prefix, reverse, set_script_prefix

from articles.models import Author, Edition, Organization, Person, Tag
from articles.models.page_urls import key_in_address, keyed_addresses, numbered_addresses
from tests.conftest import ROOT

# Addresses of other systems, and what Django itself puts its prefix before.
FOREIGN = {
    "articles/admin_site.py": "Django puts the prefix before the `/` that leads to the paper",
    "articles/importing/formats/wordpress/permalinks.py": "how WordPress writes its addresses",
    "articles/importing/formats/ghost/relations.py": "how Ghost writes its addresses",
    "articles/importing/formats/ghost/reader.py": "how Ghost writes its addresses",
}
BY_HAND = re.compile(
    r"""["'](?:\{[^{}]*\})?/(?:articles|tags|people|organizations|authors|quotes|corrections|feed|tag|author)/"""
)
# An f-string whose last place ends a path, or what follows an address that was asked for.
JOINED = re.compile(r"""\}/(?:feed/|changes/|change/)?["']|get_absolute_url\(\)\}""")
# A picture's own folder; the two spellings of an address of another system.
NOT_PAGES = {"articles/admin/articles/preview.py", "articles/public/views/legacy_redirects.py"}


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


def test_a_list_makes_the_addresses_that_the_list_of_addresses_has(prefix):
    address = numbered_addresses("article_history")
    for pk, slug in ((1, "a"), (10**17, "{}-99")):
        assert address(pk, slug) == reverse("article_history", args=[pk, slug]).replace(
            "%7B%7D", "{}"
        )
    assert keyed_addresses("quote")("abc123def4") == reverse("quote", args=["abc123def4"])
    form = "admin:articles_person_change"
    assert keyed_addresses(form)(1234) == reverse(form, args=[1234])


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("{page}", "abc"),
        ("https://elsewhere.example/old/quotes/abc?x=1#y", "abc"),
        ("/quotes/abc/#said", "abc"),
        ("/quotes/", ""),
        ("/quotes/abc/more/", ""),
        ("?next=/quotes/abc/", ""),
        ("words of /quotes", ""),
    ],
)
def test_a_pasted_address_names_its_key_whatever_its_host_and_prefix(prefix, address, key):
    page = reverse("quote", args=["abc"])
    assert key_in_address("quote", address.format(page=page)) == key


def test_no_module_joins_an_address_from_parts():
    """A number and a slug behind the address of a list: whoever moves the page would have to know."""
    joined = []
    for room in ("admin", "models", "public", "record", "templatetags"):
        for path in sorted((ROOT / "articles" / room).rglob("*.py")):
            name = str(path.relative_to(ROOT))
            if name in NOT_PAGES:
                continue
            lines = enumerate(path.read_text("utf-8").splitlines(), start=1)
            joined += [f"{name}:{number}" for number, line in lines if JOINED.search(line)]
    assert joined == [], "use articles.models.page_urls"
