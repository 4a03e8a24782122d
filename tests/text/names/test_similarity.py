"""Names that may be of one."""

import pytest

from articles.text.names.similarity import compare_organization_names, compare_person_names


@pytest.mark.parametrize(
    ("name", "other_name", "reason"),
    [
        ("Ada Lund", "ada lund", "the same name"),
        ("Ada Lünd", "Ada Lund", "the same name"),
        ("Ada Lund", "Ada B. Lund", "middle name"),
        ("A. Lund", "Ada Lund", "initial"),
        ("Jon Berg", "Jonas Berg", "begins"),
        ("Ada Lund", "Nils Lund", None),
        ("Ada Lund", "Ada Berg", None),
        ("Lund", "Ada Lund", None),
        ("B. Lund", "Ada Lund", None),
        ("", "Ada Lund", None),
    ],
)
def test_people(name, other_name, reason):
    for first, second in ((name, other_name), (other_name, name)):
        similarity = compare_person_names(first, second)
        assert (similarity is None) if reason is None else reason in similarity.reason


@pytest.mark.parametrize(
    ("name", "other_name", "reason"),
    [
        (("Brannock Marine Ltd", ""), ("Brannock Marine", ""), "legal form"),
        (("Ministry of Harbours", ""), ("Harbours Ministry", ""), "another order"),
        (("Sund Harbour Authority", ""), ("SHA", ""), "initials"),
        (("Sund Harbour Authority", "SHA"), ("Harbour of Sund", "SHA"), "abbreviation"),
        (("Port of Sund", ""), ("Port of Skerry", ""), None),
        (("The Ltd", ""), ("Inc", ""), None),
    ],
)
def test_organizations(name, other_name, reason):
    for first, second in ((name, other_name), (other_name, name)):
        similarity = compare_organization_names(first, second)
        assert (similarity is None) if reason is None else reason in similarity.reason
