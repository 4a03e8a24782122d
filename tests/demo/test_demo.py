import socket
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.demo.build import STORIES, build
from articles.demo.cast import read_cast
from articles.demo.serve import is_free
from articles.models import Article, Correction, Edition, Image, Revision, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(settings, tmp_path):
    settings.MEDIA_ROOT, settings.STATIC_ROOT = tmp_path / "media", tmp_path / "static"
    lines: list[str] = []
    return lines


def counts() -> tuple[int, ...]:
    models = (Article, Revision, Edition, Image, User, Correction)
    return tuple(model.objects.count() for model in models)


def test_the_sample_newsroom_comes_in_whole_and_twice_is_once(said):
    passwords = build(said.append)
    assert passwords.keys() == {"reporter", "editor", "chief", "operator"}
    assert User.objects.get(username="editor").check_password(passwords["editor"])
    assert not [line for line in said if "refused" in line or "Not in the library" in line]
    files = [path for path in STORIES.rglob("*.txt") if path.parent.name != "updates"]
    assert Article.objects.count() == len(files) >= 15
    assert Correction.objects.count() == 1
    assert Edition.objects.coming().count() == 1
    assert Edition.objects.live().filter(kind="withdrawal").count() == 1
    assert Article.objects.filter(embargoed_until__isnull=False).count() == 1
    assert (
        Edition.objects.listed().count() == len(files) - 4
    )  # two for later, a draft, a withdrawn one
    before = counts()
    assert build(said.append) == {}
    assert counts() == before


def test_every_name_in_the_sample_stories_is_in_the_cast():
    cast = read_cast()
    names = {given["name"] for key in ("people", "organizations", "tags") for given in cast[key]}
    for path in STORIES.rglob("*.txt"):
        head = path.read_text(encoding="utf-8").split("\n\n")[0]
        for line in head.splitlines():
            key, _, value = line.partition(": ")
            if key in ("People", "Organizations", "Section", "Topics", "Places", "Series"):
                assert {part.strip() for part in value.split(";")} <= names, path.name


def test_a_port_in_use_is_said():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not is_free(port)
        with pytest.raises(CommandError, match=f"Port {port} is in use.*--port {port + 1}"):
            call_command("demo", "--port", str(port))
    assert not Article.objects.exists()


def test_only_a_demo_can_be_removed():
    with pytest.raises(CommandError, match="not a demo"):
        call_command("demo", "--remove")
    assert Path(STORIES).is_dir()
