"""articles/importing/formats/common/bylines.py: names are parted where it is clear that there are several."""

import pytest

from articles.importing.formats.common.bylines import read_byline


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("", []),
        (" By Ana Rua ", ["Ana Rua"]),
        ("Ana Rua and Bo Teal", ["Ana Rua", "Bo Teal"]),
        ("BY Ana Rua, Bo Teal, and Kit Wetherall", ["Ana Rua", "Bo Teal", "Kit Wetherall"]),
        ("Ana Rua & Bo Teal", ["Ana Rua", "Bo Teal"]),
        ("Ana Rua, dpa", ["Ana Rua", "dpa"]),
        ("Ana Rua, Chief Reporter", ["Ana Rua, Chief Reporter"]),
        ("Staff and agencies", ["Staff and agencies"]),
        ("Ana Rua; Staff and agencies", ["Ana Rua", "Staff and agencies"]),
        ("Byron Teal", ["Byron Teal"]),
        (";;", []),
    ],
)
def test_names_are_parted_where_that_is_clear(line: str, names: list[str]) -> None:
    assert [signer.name for signer in read_byline(line)] == names


def test_a_role_stands_in_parentheses() -> None:
    [signer, second] = read_byline("Ana Rua (words); Bo Teal (")
    assert (signer.name, signer.role) == ("Ana Rua", "words")
    assert (second.name, second.role) == ("Bo Teal (", "")
