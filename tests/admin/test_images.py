"""Pictures at the desk: uploaded whole, described, never served as they came."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Picture

from articles.models import Image
from tests.factories import make_article, make_live

pytestmark = pytest.mark.django_db
ADD = "admin:articles_image_add"


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


def upload(client, content: bytes | None = None, name: str = "harbour.png", **fields):
    if content is None:
        stream = BytesIO()
        Picture.new("RGB", (400, 300), "teal").save(stream, "PNG")
        content = stream.getvalue()
    data = {"file": SimpleUploadedFile(name, content), "alt": "The harbour", "_continue": "1"}
    return client.post(reverse(ADD), data | fields, follow=True)


def test_an_upload_is_stored_with_its_renditions_and_its_uploader(chief_client):
    response = upload(chief_client, caption="At dawn", credit="Staff")
    image = Image.objects.get()
    assert (image.name, image.alt, image.credit) == ("harbour.png", "The harbour", "Staff")
    assert image.created_by.groups.get().name == "chief"
    address = reverse("admin:articles_image_rendition", args=[image.token, 320, "avif"])
    rendition = chief_client.get(address)
    assert (rendition.status_code, rendition["Content-Type"]) == (200, "image/avif")
    assert "private" in rendition["Cache-Control"]
    assert f"originals/{image.token}" not in response.content.decode()


@pytest.mark.parametrize("width", [321, 640, 99999])
def test_only_fixed_renditions_can_be_asked_for(chief_client, width):
    upload(chief_client)
    token = Image.objects.get().token
    address = reverse("admin:articles_image_rendition", args=[token, width, "avif"])
    assert chief_client.get(address).status_code == 404
    address = reverse("admin:articles_image_rendition", args=[token, 320, "svg"])
    assert chief_client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("content", "phrase"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "SVG"),
        (b"<html></html>", "HTML"),
        (b"\xff\xd8\xff\xe0 cut", "no picture"),
        (b"", "empty"),
    ],
)
def test_what_is_no_picture_is_refused_whatever_its_name(chief_client, content, phrase):
    response = upload(chief_client, content, name="harbour.jpg")
    assert phrase in response.content.decode()
    assert not Image.objects.exists()


def test_a_picture_needs_words_or_the_mark_of_decoration(chief_client):
    response = upload(chief_client, alt="")
    page = response.content.decode()
    assert "mark it as decorative" in page
    assert "The picture was not stored. Choose its file again." in page
    assert not Image.objects.exists()
    assert "Choose its file again" not in upload(chief_client, b"no picture").content.decode()
    upload(chief_client, alt="", is_decorative="on")
    assert Image.objects.get().has_alt


def test_the_same_picture_again_names_the_one_that_is_there(chief_client):
    upload(chief_client, name="first.png")
    response = upload(chief_client, name="second.png")
    page = response.content.decode()
    assert "in the library already" in page
    assert reverse("admin:articles_image_change", args=[Image.objects.get().pk]) in page


def test_a_full_disk_is_told_and_leaves_nothing(chief_client, monkeypatch, tmp_path):
    def full(self, *args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("django.core.files.storage.base.Storage.save", full)
    response = upload(chief_client)
    assert "Nothing was stored" in response.content.decode()
    assert not Image.objects.exists()
    assert not [file for file in tmp_path.rglob("*") if file.is_file()]


def test_the_preview_shows_pictures_that_are_not_public_yet(chief_client, client):
    upload(chief_client)
    image = Image.objects.get()
    article = make_article(lead_image=image)
    response = chief_client.get(reverse("admin:articles_article_preview", args=[article.pk]))
    page = response.content.decode()
    assert f"/media/{image.token}" not in page
    assert f"/admin/articles/image/{image.token}/320.avif" in page
    assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))
    assert response["Referrer-Policy"] == "no-referrer"
    client.logout()
    assert client.get(f"/media/{image.token}/320.avif").status_code == 404
    make_live(lead_image=image)
    assert client.get(f"/media/{image.token}/320.avif").status_code == 200
