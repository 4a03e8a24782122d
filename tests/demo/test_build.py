import re
import socket
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.demo.build import STORIES, build
from articles.demo.cast import read_cast
from articles.demo.serve import is_free
from articles.models import (
    Article,
    Author,
    Correction,
    Edition,
    EditionQuote,
    Image,
    Mention,
    Organization,
    OtherName,
    Person,
    Quote,
    Revision,
    Suggestion,
    Tag,
    User,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def output(settings, tmp_path):
    settings.MEDIA_ROOT, settings.STATIC_ROOT = tmp_path / "media", tmp_path / "static"
    lines: list[str] = []
    return lines


def counts() -> tuple[int, ...]:
    models = (Article, Revision, Edition, Image, User, Correction, Quote, Mention, Suggestion)
    return tuple(model.objects.count() for model in models)


def test_the_sample_newsroom_comes_in_whole_and_twice_is_once(output, subtests):
    passwords = build(output.append)
    assert passwords.keys() == {"reporter", "editor", "chief", "operator"}
    assert User.objects.get(username="editor").check_password(passwords["editor"])
    assert not [line for line in output if "refused" in line or "Not in the library" in line]
    for check in (
        its_stories_are_out_as_their_events_say,
        its_record_is_worth_reading,
        what_every_edition_says_was_said_stands_in_it,
        no_two_stories_are_built_alike,
        every_name_is_in_the_cast,
        a_hidden_name_is_in_no_story,
    ):
        with subtests.test(check.__name__):
            check()
    before = counts()
    assert build(output.append) == {}
    assert counts() == before


def its_stories_are_out_as_their_events_say():
    files = [path for path in STORIES.rglob("*.*") if path.parent.name != "updates"]
    assert Article.objects.count() == len(files) >= 30
    assert {path.suffix for path in files} == {".txt", ".md", ".json"}
    assert Correction.objects.count() == 1
    assert Edition.objects.coming().count() == 1
    assert Edition.objects.live().filter(kind="withdrawal").count() == 1
    assert Article.objects.filter(embargoed_until__isnull=False).count() == 1
    held_back = 4  # two for later, a draft, a withdrawn one
    assert Edition.objects.listed().count() == len(files) - held_back


def its_record_is_worth_reading():
    quotes = EditionQuote.objects.listed()
    assert quotes.count() >= 80
    assert not Quote.objects.detached().exists()
    assert quotes.exclude(unnamed="").count() >= 3
    assert quotes.filter(organization__isnull=False).count() >= 3
    undecided = Suggestion.objects.open().likely().quotes()
    assert undecided.filter(article__editions=None).count() >= 5  # something to do for an editor
    described = {source["as"] for source in read_cast()["sources"].values()}
    assert set(quotes.exclude(unnamed="").values_list("unnamed", flat=True)) == described
    roles: dict[int, set[str]] = {}
    for quote in quotes.filter(person__isnull=False):
        roles.setdefault(quote.person_id, set()).add(quote.role)
    assert sum(len(person_roles) > 1 for person_roles in roles.values()) >= 8


def what_every_edition_says_was_said_stands_in_it():
    for edition in Edition.objects.listed():
        for quote in edition.composed.quotes:
            texts = [edition.body_text[start:end] for start, end in quote.parts]
            assert " … ".join(texts) == quote.text


def no_two_stories_are_built_alike():
    shapes = {article.headline: shape(article.body_html) for article in Article.objects.all()}
    for (headline, first), (other_headline, second) in combinations(shapes.items(), 2):
        similarity = SequenceMatcher(None, first, second, autojunk=False).ratio()
        assert similarity < 0.8, f"{headline} and {other_headline}"


def every_name_is_in_the_cast():
    cast = read_cast()
    for model, key in (
        (Person, "people"),
        (Organization, "organizations"),
        (Tag, "tags"),
        (Author, "authors"),
    ):
        expected = {entry["name"] for entry in cast[key]}
        assert set(model.objects.values_list("name", flat=True)) == expected


def a_hidden_name_is_in_no_story():
    hidden = OtherName.objects.filter(visibility="hidden").values_list("name", flat=True)
    assert hidden
    for name in hidden:
        assert not Article.objects.filter(body_html__icontains=name).exists()
        assert not EditionQuote.objects.filter(text__icontains=name).exists()


def test_the_cast_changes_its_roles():
    all_memberships = [person["memberships"] for person in read_cast()["people"]]
    assert sum(len(memberships) > 1 for memberships in all_memberships) >= 15
    assert len(read_cast()["organizations"]) >= 10


def shape(body_html: str) -> list[tuple[str, bool, bool, int]]:
    """Tell of each block what it is, whether it quotes, whether it begins with a quote, and how long it is."""
    blocks = []
    for name, inner in re.findall(r"<(p|h2|h3|li)>(.*?)</\1>", body_html, re.DOTALL):
        text = re.sub(r"<[^>]+>", "", inner)
        length = sum(len(text.split()) >= most for most in (12, 30, 55))
        blocks.append((name, "“" in text, text.startswith("“"), length))
    return blocks


def test_a_port_in_use_is_said():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        assert not is_free(port)
        with pytest.raises(CommandError, match=f"Port {port} is in use.*--port {port + 1}"):
            call_command("demo", "--port", str(port))
    assert not Article.objects.exists()


def test_only_a_demo_can_be_removed():
    with pytest.raises(CommandError, match="not a demo"):
        call_command("demo", "--remove")
    assert Path(STORIES).is_dir()
