"""The lead picture of a ninjs item is the largest image of its main association that the library would take."""

from typing import Any

import pytest
from hypothesis import given

from articles.importing.formats.ninjs.fields import NinjsFields
from articles.importing.formats.ninjs.pictures import lead_picture
from articles.importing.formats.types import RecordError, RemotePicture
from tests.importing.formats.ninjs.test_reader import VALUES

SMALL = {
    "href": "https://a.example/small.jpg",
    "width": 100,
    "height": 50,
    "mimetype": "image/jpeg",
}
LARGE = {"href": "https://a.example/large.jpg", "width": "900", "height": "500"}


def picture_of(*renditions: Any, **more: Any) -> RemotePicture | None:
    item = {"type": "picture", "renditions": dict(zip("abcdef", renditions, strict=False))}
    return lead_picture(NinjsFields({"associations": {"photo": item | more}}))


def url(*renditions: Any, **more: Any) -> str:
    picture = picture_of(*renditions, **more)
    return picture.url if picture else ""


def test_the_largest_rendition_is_taken() -> None:
    assert url(SMALL, LARGE) == url(LARGE, SMALL) == LARGE["href"]
    assert url({"href": "https://a.example/first.jpg"}, {"href": "https://a.example/b.jpg"}) == (
        "https://a.example/first.jpg"
    )


@pytest.mark.parametrize(
    "bad",
    [
        {"contentType": "video/mp4"},
        {"mimetype": "application/pdf"},
        {"sizeInBytes": 15_000_001},
        {"width": 10_000, "height": 10_000},
        {"href": "file:///etc/passwd"},
        {"href": "/a.jpg"},
        {"href": 7},
        {"href": None},
        {"mimetype": 7},
    ],
)
def test_what_the_library_would_not_take_is_passed_over(bad: dict[str, Any]) -> None:
    assert url(LARGE | bad, SMALL) == SMALL["href"]
    assert picture_of(LARGE | bad) is None


def test_renditions_and_associations_may_be_lists() -> None:
    logo = {"name": "logo", "type": "graphic", "renditions": [LARGE]}
    first = {"name": "photo", "type": "picture", "renditions": [SMALL]}
    main = {"name": "mainPic", "type": "picture", "renditions": [{"name": "x"}, LARGE]}
    for items, expected in (([logo, first, main], LARGE), ([logo, first], SMALL), ([None], None)):
        lead = lead_picture(NinjsFields({"associations": items}))
        assert (lead and lead.url) == (expected and expected["href"])


def test_words_are_those_of_the_picture() -> None:
    lead = picture_of(
        LARGE,
        body_text="Boats in mud",
        descriptions=[
            {"role": "summary", "value": "No"},
            {"role": "caption", "value": "The <b>quay</b>"},
        ],
        byline="Lev Orlov",
    )
    assert lead == RemotePicture(str(LARGE["href"]), "Boats in mud", "The quay", "Lev Orlov")
    second = picture_of(LARGE, altText="Told", body_text="Not told", description_text="Low tide")
    assert second
    assert (second.alt, second.caption) == ("Told", "Low tide")


@given(VALUES, VALUES, VALUES)
def test_whatever_stands_there_is_a_picture_of_the_web_or_none(
    associations: Any, renditions: Any, row: Any
) -> None:
    item = {"type": "picture", "renditions": [row, {"href": row, "width": row}]}
    for value in (
        associations,
        {"a": {"type": "picture", "renditions": renditions}},
        [item],
        [row],
    ):
        try:
            lead = lead_picture(NinjsFields({"associations": value}))
        except RecordError:
            continue
        assert lead is None or lead.url.startswith("http")
