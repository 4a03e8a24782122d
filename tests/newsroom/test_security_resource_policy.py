"""newsroom/security.py: which public answers the pages of other sites may embed."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from articles.publishing import publish
from tests.public_addresses import ENDPOINTS, public_names
from tests.secret import make_secret

SHARED = {
    *("feed", "tag_feed", "person_feed", "organization_feed", "author_feed", "quotes_feed"),
    *("picture", "favicon", "sitemap", "sitemap_section"),
}


def test_what_may_be_embedded_exists():
    assert public_names() > SHARED


@pytest.mark.django_db
def test_pictures_and_feeds_may_be_shown_elsewhere_and_pages_not(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    secret = make_secret()
    publish(secret.article, by=None)
    default_storage.save(secret.image.rendition_path(640, "jpeg"), ContentFile(b"bytes"))
    for name, paths in ENDPOINTS.items():
        policy = "cross-origin" if name in SHARED else "same-origin"
        for path in paths(secret):
            response = client.get(path)
            assert response["Cross-Origin-Resource-Policy"] == policy, path
            if etag := response.get("ETag"):
                again = client.get(path, headers={"If-None-Match": etag})
                assert again["Cross-Origin-Resource-Policy"] == policy, path


@pytest.mark.django_db
def test_the_admin_is_nobody_elses(client):
    for path in ("/admin/", "/admin/login/", "/healthz", "/no-such-page"):
        assert client.get(path)["Cross-Origin-Resource-Policy"] == "same-origin", path
