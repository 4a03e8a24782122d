"""People and organizations are found by the names that readers may know, and only those whom readers have."""

import pytest

from articles.models import NameWord, OtherName
from articles.public.search.names import find_names
from articles.record.merging.merge import merge_rows, undo_merge
from tests.factories import make_article, make_live, make_organization, make_person, make_user

pytestmark = pytest.mark.django_db
Visibility = OtherName.Visibility


@pytest.fixture
def people():
    maren = make_person("Maren Østvik")
    nerys = make_person("Nerys Callow")
    OtherName.objects.create(person=maren, name="Mia Brandt", visibility=Visibility.PUBLIC)
    OtherName.objects.create(person=maren, name="Maren Ostvick", visibility=Visibility.REDIRECT)
    OtherName.objects.create(person=maren, name="Secret Source", visibility=Visibility.HIDDEN)
    board = make_organization("Harnby Harbour Board", abbreviation="HHB")
    make_live(people=(maren, nerys), organizations=(board,))


def names_of(text: str) -> list[str]:
    return [str(name.entity) for name in find_names(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ostvik", ["Maren Østvik"]),
        ("ØSTVIK maren", ["Maren Østvik"]),
        ("østv", ["Maren Østvik"]),
        ("callow n", ["Nerys Callow"]),
        ("mia", ["Maren Østvik"]),
        ("ostvick", ["Maren Østvik"]),
        ("secret", []),
        ("harbour", ["Harnby Harbour Board"]),
        ("hhb", ["Harnby Harbour Board"]),
        ("n", ["Nerys Callow"]),
        ("maren dredging", []),
        ("nobody", []),
        ("!", []),
    ],
)
def test_names_are_found(people, text, names):
    assert names_of(text) == names


def test_a_name_that_only_redirects_is_not_printed(people):
    (name,) = find_names("ostvick")
    assert not name.is_shown
    (name,) = find_names("mia")
    assert name.is_shown


def test_the_whole_name_comes_before_one_that_goes_on():
    people = [make_person(name) for name in ("Ann Lee Marsh", "Ann Lee", "Ann Leeming")]
    make_live(people=people)
    assert names_of("ann lee") == ["Ann Lee", "Ann Lee Marsh", "Ann Leeming"]


def test_nobody_of_a_draft_is_found():
    make_article(people=(make_person("Ada Lund"),))
    NameWord.objects.index([make_person("Bo Lund")])
    assert names_of("lund") == []


def test_a_name_that_was_hidden_since_is_not_found(people):
    OtherName.objects.filter(name="Mia Brandt").update(visibility=Visibility.HIDDEN)
    assert names_of("mia") == []


def test_who_was_merged_is_found_under_either_name_and_apart_again_after_undoing():
    first, second = make_person("Ada Lund"), make_person("Adda Lundt")
    make_live(people=(first, second))
    merge = merge_rows(first, second, by=make_user(), is_sure=True)
    assert names_of("adda") == ["Ada Lund"]
    undo_merge(merge, by=make_user())
    assert names_of("adda") == ["Adda Lundt"]
