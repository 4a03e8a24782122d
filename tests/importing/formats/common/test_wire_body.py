"""What a wire prints above a story is said of the story, and is no part of its text."""

import pytest

from articles.importing.formats.common.wire_body import read_wire_body
from articles.importing.formats.types import ParsedName

BODY = "<h2>Gale</h2>\n<p>By Ada Quince</p>\n<p>OSLO (AP) – It blew.</p>"


@pytest.mark.parametrize(
    ("signers", "names", "html", "place", "credit"),
    [
        ([], ["Ada Quince"], "<p>It blew.</p>", "Oslo", "AP"),
        (["Ada Quince", "Reuters"], ["Ada Quince"], "<p>It blew.</p>", "Oslo", "AP"),
        (["Bo Teal", "Reuters"], ["Bo Teal"], BODY.partition("\n")[2], "", "Reuters"),
    ],
)
def test_the_lines_above_a_story_are_taken_off_it(
    signers: list[str], names: list[str], html: str, place: str, credit: str
) -> None:
    body = read_wire_body(BODY, "Gale", map(ParsedName, signers))
    assert [signer.name for signer in body.bylines] == names
    assert (body.html, body.place, body.credit) == (html, place, credit)


def test_a_paragraph_that_is_all_of_the_story_stays() -> None:
    assert read_wire_body("<p>By Ada Quince</p>", "Gale", ()).html == "<p>By Ada Quince</p>"
