"""newsroom/security.py: which public answers the pages of other sites may embed."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from articles.publishing import publish
from tests.secret import make_secret
from tests.test_doors import ENDPOINTS, public_names

PAGES = {
    *(
        "home",
        "articles",
        "article",
        "article_history",
        "tags",
        "tag",
        "people",
        "person",
        "compare",
    ),
    *("organizations", "organization", "author", "quotes", "quote", "corrections"),
}
OURS = {*PAGES, "robots", "stylesheet", "script"}
SHARED = {
    *("feed", "tag_feed", "person_feed", "organization_feed", "author_feed", "quotes_feed"),
    *("picture", "favicon", "sitemap", "sitemap_section"),
}
TABLE = dict.fromkeys(OURS, "same-origin") | dict.fromkeys(SHARED, "cross-origin")


def test_every_public_address_says_who_may_embed_it():
    assert public_names() == TABLE.keys()


@pytest.mark.django_db
def test_pictures_and_feeds_may_be_shown_elsewhere_and_pages_not(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    secret = make_secret()
    publish(secret.article, by=None)
    default_storage.save(secret.image.rendition_path(640, "jpeg"), ContentFile(b"bytes"))
    for name, policy in TABLE.items():
        for path in ENDPOINTS[name](secret):
            response = client.get(path)
            assert response["Cross-Origin-Resource-Policy"] == policy, path
            if etag := response.get("ETag"):
                again = client.get(path, headers={"If-None-Match": etag})
                assert again["Cross-Origin-Resource-Policy"] == policy, path


@pytest.mark.django_db
def test_the_admin_is_nobody_elses(client):
    for path in ("/admin/", "/admin/login/", "/healthz", "/no-such-page"):
        assert client.get(path)["Cross-Origin-Resource-Policy"] == "same-origin", path
