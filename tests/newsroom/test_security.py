"""newsroom/security.py and the settings beside it: the headers of every answer."""

import base64
import hashlib
import re

import pytest
from django.http import HttpResponse
from django.test import override_settings
from django.urls import reverse

from newsroom.security import importmap_hash, security_headers


def directives(response: HttpResponse) -> dict[str, str]:
    """Give the directives of the answer's Content-Security-Policy."""
    parts = (part.strip().partition(" ") for part in response["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in parts}


def answer(request, view=lambda request: HttpResponse("ok")):
    """Answer ``request`` through the middleware alone."""
    return security_headers(view)(request)


def test_a_page_may_load_nothing_but_our_own_files(client):
    policy = directives(client.get("/healthz"))
    assert policy.pop("default-src") == "'none'"
    assert {policy.pop(name) for name in ("base-uri", "frame-ancestors")} == {"'none'"}
    assert set(policy) >= {"script-src", "style-src", "img-src", "form-action", "connect-src"}
    assert set(policy.values()) == {"'self'"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Embedder-Policy", "require-corp"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ],
)
@pytest.mark.parametrize("path", ["/healthz", "/no-such-page", "/%00%0d%0aSet-Cookie:a=b/<script>"])
def test_every_answer_carries_the_header(client, db, path, name, value):
    assert client.get(path)[name] == value


def test_no_page_may_use_camera_microphone_or_place(client):
    policy = client.get("/healthz")["Permissions-Policy"]
    assert {"camera=()", "microphone=()", "geolocation=()"} <= set(policy.split(", "))


def test_a_header_that_a_view_sets_stays(rf):
    def view(request):
        return HttpResponse(
            headers={
                "Content-Security-Policy": "sandbox",
                "Cross-Origin-Resource-Policy": "cross-origin",
            }
        )

    response = answer(rf.get("/"), view)
    assert response["Content-Security-Policy"] == "sandbox"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_a_nonce_is_in_the_header_only_when_the_page_used_it(rf):
    used = answer(rf.get("/"), lambda request: HttpResponse(f"{request.csp_nonce}"))
    assert directives(used)["script-src"] == f"'self' 'nonce-{used.content.decode()}'"
    assert "nonce" not in answer(rf.get("/"))["Content-Security-Policy"]


def test_no_two_answers_share_a_nonce(rf):
    pages = {
        answer(rf.get("/"), lambda request: HttpResponse(f"{request.csp_nonce}")).content
        for _ in "ab"
    }
    assert len(pages) == 2


def test_only_the_admin_may_run_the_editors_inline_parts(client, db):
    admin = directives(client.get(reverse("admin:login")))
    assert admin["script-src"] == f"'self'{importmap_hash()}"
    assert re.fullmatch(r"'self' 'sha256-[\w+/=]{44}'", admin["style-src"])
    assert "sha256" not in client.get("/healthz")["Content-Security-Policy"]
    assert "unsafe" not in client.get(reverse("admin:login"))["Content-Security-Policy"]


def test_the_hash_is_that_of_the_import_map_as_the_page_holds_it():
    from django_prose_editor.widgets import importmap

    script = str(importmap).split(">", 1)[1].removesuffix("</script>")
    assert script.startswith("{")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert importmap_hash() == f" 'sha256-{digest}'"


@override_settings(SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=31_536_000)
def test_plain_http_is_sent_to_https_but_for_the_health_of_the_process(client):
    response = client.get("/articles/")
    assert (response.status_code, response["Location"]) == (301, "https://testserver/articles/")
    assert "Content-Security-Policy" in response
    assert client.get("/healthz").status_code == 200
    assert client.get("/healthz", secure=True)["Strict-Transport-Security"].startswith(
        "max-age=31536000"
    )


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver:x", "a b"])
def test_another_host_is_answered_400_and_never_repeated(client, db, host):
    response = client.get("/articles/", headers={"Host": host})
    assert response.status_code == 400
    assert host.encode() not in response.content


def test_a_forwarded_host_changes_nothing(client, db):
    response = client.get("/healthz/", headers={"X-Forwarded-Host": "evil.example"})
    assert b"evil.example" not in response.content
    assert "evil.example" not in response.get("Location", "")
