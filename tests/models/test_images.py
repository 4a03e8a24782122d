"""Pictures: how wide their renditions are, where they lie, whether they may be shown."""

import pytest

from articles.models import Image
from articles.models.images import new_token, original_path
from tests.factories import make_image

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (319, (319,)),
        (320, (320,)),
        (639, (320,)),
        (960, (320, 640, 960)),
        (5000, (320, 640, 960, 1600)),
    ],
)
def test_no_rendition_is_wider_than_the_original(width, widths):
    assert Image(width=width).widths == widths


def test_a_picture_is_shown_when_it_is_described_or_says_nothing_that_the_text_does_not():
    assert Image(alt="A trawler").has_alt is True
    assert Image(is_decorative=True).has_alt is True
    assert Image().has_alt is False


def test_the_name_that_a_file_arrives_with_becomes_no_path():
    image = Image(token="abc")
    assert original_path(image, "../../settings.py") == "originals/abc"
    assert image.rendition_path(640, "avif") == "renditions/abc/640.avif"


def test_tokens_are_long_and_never_the_same():
    assert len({new_token() for _ in range(100)}) == 100
    assert {len(new_token()) for _ in range(10)} == {22}  # 16 bytes, six bits a letter


def test_the_newest_picture_stands_first():
    images = [make_image(), make_image()]
    assert list(Image.objects.all()) == images[::-1]
    assert str(make_image(name="quay.jpg")) == "quay.jpg"
