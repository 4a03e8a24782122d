"""The lead picture of a ninjs item is the largest image of its main association that the library would take."""

from typing import Any

import pytest
from hypothesis import given

from articles.importing.ninjs_fields import Fields
from articles.importing.ninjs_pictures import picture
from articles.importing.parsed import RemotePicture
from articles.importing.unfit import Unfit
from tests.importing.test_ninjs import VALUES

SMALL = {
    "href": "https://a.example/small.jpg",
    "width": 100,
    "height": 50,
    "mimetype": "image/jpeg",
}
LARGE = {"href": "https://a.example/large.jpg", "width": "900", "height": "500"}


def found(*renditions: Any, **more: Any) -> RemotePicture | None:
    item = {"type": "picture", "renditions": dict(zip("abcdef", renditions, strict=False))}
    return picture(Fields({"associations": {"photo": item | more}}))


def url(*renditions: Any, **more: Any) -> str:
    one = found(*renditions, **more)
    return one.url if one else ""


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
    assert found(LARGE | bad) is None


def test_renditions_and_associations_may_be_lists() -> None:
    logo = {"name": "logo", "type": "graphic", "renditions": [LARGE]}
    first = {"name": "photo", "type": "picture", "renditions": [SMALL]}
    main = {"name": "mainPic", "type": "picture", "renditions": [{"name": "x"}, LARGE]}
    for items, expected in (([logo, first, main], LARGE), ([logo, first], SMALL), ([None], None)):
        one = picture(Fields({"associations": items}))
        assert (one and one.url) == (expected and expected["href"])


def test_words_are_those_of_the_picture() -> None:
    one = found(
        LARGE,
        body_text="Boats in mud",
        descriptions=[
            {"role": "summary", "value": "No"},
            {"role": "caption", "value": "The <b>quay</b>"},
        ],
        byline="Lev Orlov",
    )
    assert one == RemotePicture(str(LARGE["href"]), "Boats in mud", "The quay", "Lev Orlov")
    other = found(LARGE, altText="Told", body_text="Not told", description_text="Low tide")
    assert other
    assert (other.alt, other.caption) == ("Told", "Low tide")


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
            one = picture(Fields({"associations": value}))
        except Unfit:
            continue
        assert one is None or one.url.startswith("http")
