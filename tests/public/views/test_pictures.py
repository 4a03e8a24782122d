"""/media/: renditions of public pictures only."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from articles.models import Image
from articles.publishing import withdraw
from tests.factories import make_article, make_image, make_live

pytestmark = pytest.mark.django_db


@pytest.fixture
def image(settings, tmp_path) -> Image:
    """Give an image with one rendition and its original on the disk."""
    settings.MEDIA_ROOT = tmp_path
    image = make_image()
    default_storage.save(image.rendition_path(320, "avif"), ContentFile(b"picture"))
    default_storage.save(f"originals/{image.token}", ContentFile(b"original"))
    return image


def test_a_rendition_is_sent_with_its_type_and_no_leave_to_do_anything(client, image):
    make_live(lead_image=image)
    response = client.get(f"/media/{image.token}/320.avif")
    assert b"".join(response.streaming_content) == b"picture"
    assert response["Content-Type"] == "image/avif"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "public, max-age=60"


def test_a_rendition_that_a_reader_has_is_answered_304(client, image, django_assert_num_queries):
    make_live(lead_image=image)
    first = client.get(f"/media/{image.token}/320.avif")
    assert b"".join(first.streaming_content) == b"picture"
    with django_assert_num_queries(1):
        again = client.get(
            f"/media/{image.token}/320.avif", headers={"If-None-Match": first["ETag"]}
        )
    assert again.status_code == 304


def test_a_picture_goes_with_its_story(client, image):
    story = make_live(lead_image=image)
    withdraw(story.article, by=None, reason="It named the wrong man.")
    assert client.get(f"/media/{image.token}/320.avif").status_code == 404


def test_a_picture_of_a_draft_is_not_sent(client, image):
    make_article(lead_image=image)
    assert client.get(f"/media/{image.token}/320.avif").status_code == 404


@pytest.mark.parametrize(
    "path", ["321.avif", "320.svg", "0.avif", "320.AVIF", "640.webp", "..%2f320.avif", "320.avif/"]
)
def test_nothing_but_a_rendition_that_exists_is_sent(client, image, path):
    make_live(lead_image=image)
    assert client.get(f"/media/{image.token}/{path}").status_code == 404


@pytest.mark.parametrize("token", ["%00", "%ff", "..", "a" * 3000])
def test_a_hostile_token_is_not_found(client, token):
    assert client.get(f"/media/{token}/320.avif").status_code in {400, 404}


@pytest.mark.parametrize("path", ["originals/{}", "media/originals/{}", "media/{}", "media/../{}"])
def test_no_original_is_ever_sent(client, image, path):
    make_live(lead_image=image)
    assert client.get("/" + path.format(image.token)).status_code == 404
