"""Names that may be of one."""

import pytest

from articles.text.alike import alike_organizations, alike_people


@pytest.mark.parametrize(
    ("one", "other", "reason"),
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
def test_people(one, other, reason):
    for first, second in ((one, other), (other, one)):
        found = alike_people(first, second)
        assert (found is None) if reason is None else reason in found.reason


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (("Brannock Marine Ltd", ""), ("Brannock Marine", ""), "legal form"),
        (("Ministry of Harbours", ""), ("Harbours Ministry", ""), "another order"),
        (("Sund Harbour Authority", ""), ("SHA", ""), "initials"),
        (("Sund Harbour Authority", "SHA"), ("Harbour of Sund", "SHA"), "abbreviation"),
        (("Port of Sund", ""), ("Port of Skerry", ""), None),
        (("The Ltd", ""), ("Inc", ""), None),
    ],
)
def test_organizations(one, other, reason):
    for first, second in ((one, other), (other, one)):
        found = alike_organizations(first, second)
        assert (found is None) if reason is None else reason in found.reason
