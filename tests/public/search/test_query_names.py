"""The words of a search that are a name are told from the others, wherever they stand."""

import pytest

from articles.models import NameWord, OtherName
from articles.public.search.query_names import find_names_in
from articles.text.search import parse_query
from tests.factories import make_live, make_organization, make_person

pytestmark = pytest.mark.django_db
Visibility = OtherName.Visibility


@pytest.fixture(autouse=True)
def people():
    nerys, maren, grace = map(make_person, ("Nerys Callow", "Maren Østvik", "Grace Mud"))
    OtherName.objects.create(person=maren, name="Mia Brandt", visibility=Visibility.PUBLIC)
    OtherName.objects.create(person=maren, name="Old Slip", visibility=Visibility.REDIRECT)
    OtherName.objects.create(person=maren, name="Kept Away", visibility=Visibility.HIDDEN)
    board = make_organization("Harnby Harbour Board", abbreviation="HHB")
    make_live(people=(nerys, maren, grace), organizations=(board,))
    NameWord.objects.index([make_person("Unseen Lund")])


def names_in(text: str):
    return find_names_in(parse_query(f"{text} ", "en"))


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("callow dredging", "Nerys Callow", ["callow"]),
        ("dredging callow", "Nerys Callow", ["callow"]),
        ("dredging nerys callow now", "Nerys Callow", ["nerys", "callow"]),
        ("callow nerys dredging", "Nerys Callow", ["callow", "nerys"]),
        ("brandt dredging", "Maren Østvik", ["brandt"]),
        ("ostvik dredging", "Maren Østvik", ["ostvik"]),
        ("slip dredging", "Maren Østvik", ["slip"]),
        ("hhb dredging", "Harnby Harbour Board", ["hhb"]),
        ("harbour board dredging", "Harnby Harbour Board", ["harbour", "board"]),
    ],
)
def test_a_name_is_seen_in_any_place(text, name, words):
    part = names_in(text).parts[0]
    assert [str(match.entity) for match in part.names] == [name]
    assert part.words == words


@pytest.mark.parametrize(
    "text",
    ["harbour dredging", "away dredging", "lund dredging", "dredging", '"callow dredging"', ""],
)
def test_what_names_nobody_whom_readers_may_find_is_no_name(text):
    assert names_in(text).parts == ()


def test_the_longer_name_is_taken_and_the_other_stays_beside_it():
    parts = names_in("grace nerys callow mud").parts
    assert [part.words for part in parts] == [["nerys", "callow"], ["grace"]]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("mia brandt", [["mia", "brandt"]]),
        ("brandt ferry", [["brandt"]]),
        ("old slip", []),
        ("kept away", []),
        ("harbour", []),
        ("mia brandt nerys", [["mia", "brandt"], ["nerys"]]),
    ],
)
def test_a_name_that_readers_are_told_finds_what_is_filed_under_it(text, terms):
    query = parse_query(f"{text} ", "en")
    names = find_names_in(query).aliases(query)
    assert [[word for term in name.terms for word in term.words] for name in names] == terms
    assert all(label.startswith(("#p", "#o")) for name in names for label in name.labels)


def test_queries_are_few(django_assert_num_queries):
    with django_assert_num_queries(2):
        names_in("what nobody wrote")
    with django_assert_num_queries(4):
        names_in("callow dredging")
