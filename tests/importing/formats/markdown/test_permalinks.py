"""The posts of a Jekyll site come in as they stood there: date, address, category, and what was only a draft."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.files.sources import find_sources
from articles.importing.formats import READERS
from articles.importing.formats.detect import identify
from articles.importing.formats.markdown import reader as markdown
from articles.importing.formats.types import ParsedArticle, ParsedName, RemotePicture
from articles.importing.pipeline.reading.records import FileOptions, read_records
from tests.importing.formats.markdown.test_reader import accepted, front

POSTS = {
    "_posts/2026-03-04-gale.md": front("layout: post"),
    "_posts/2026-03-05-quay.html": front("layout: post") + "\n<p>More.</p>",
    "news/_posts/2026-03-06-loaf.md": front("categories: [Bread]"),
    "_drafts/tide.md": front("date: 2026-03-04"),
    "_drafts/2026-03-07-tide.html": front(),
    "_layouts/post.html": front() + "{{ content }}",
    "about.md": "# About\n\nUs.",
    "index.html": "<!doctype html><title>A</title><p>Home.</p>",
}


def imported_stories(path: Path) -> dict[str, ParsedArticle]:
    """Return the stories of a site by the names that they are known by."""
    outcomes = [
        record.finish() for record in read_records(find_sources([str(path)]), FileOptions())
    ]
    return {outcome.ref: outcome for outcome in outcomes if isinstance(outcome, ParsedArticle)}


@pytest.fixture(params=["folder", "zip"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Give a site as a folder and as an archive."""
    if request.param == "zip":
        with ZipFile(tmp_path / "site.zip", "w") as archive:
            for name, text in POSTS.items():
                archive.writestr(name, text)
        return tmp_path / "site.zip"
    for name, text in POSTS.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_of_a_site_its_posts_come_in_and_its_drafts_are_withheld(site: Path) -> None:
    stories = imported_stories(site)
    assert {name: story.pub_status for name, story in stories.items()} == {
        "_posts/2026-03-04-gale": "usable",
        "_posts/2026-03-05-quay": "usable",
        "news/_posts/2026-03-06-loaf": "usable",
        "_drafts/tide": "withheld",
        "_drafts/2026-03-07-tide": "withheld",
    }
    addresses = {name: story.former_addresses for name, story in stories.items()}
    assert addresses["_posts/2026-03-05-quay"] == ("/2026/03/05/quay.html",)
    assert addresses["news/_posts/2026-03-06-loaf"] == ("/news/bread/2026/03/06/loaf.html",)
    assert addresses["_drafts/tide"] == addresses["_drafts/2026-03-07-tide"] == ()


@pytest.mark.parametrize(
    ("lines", "name", "addresses"),
    [
        ((), "2026-03-04-gale", ["/2026/03/04/gale.html"]),
        ((), "2026-3-4-gale", ["/2026/03/04/gale.html"]),
        ((), "2026-03-04-Gale & tide [2]", ["/2026/03/04/Gale-&-tide-2.html"]),
        ((), "2026-03-04-हिन्दी", ["/2026/03/04/हिन्दी.html"]),
        ((), "2026-03-04", []),
        ((), "gale", []),
        ((), "2026-13-04-gale", []),
        ((), "2026-03-04-[]", []),
        (("date: 2026-03-05 10:00",), "2026-03-04-gale", ["/2026/03/05/gale.html"]),
        (("date: soon",), "2026-03-04-gale", []),
        (("slug: wind",), "2026-03-04-gale", ["/wind/", "/2026/03/04/wind.html"]),
        (("category: Sea", "tags: a"), "2026-03-04-gale", ["/sea/2026/03/04/gale.html"]),
        (("permalink: /a/",), "2026-03-04-gale", ["/a/", "/2026/03/04/gale.html"]),
        (
            ("permalink: pretty",),
            "2026-03-04-gale",
            ["/2026/03/04/gale/", "/2026/03/04/gale.html"],
        ),
        (
            ("permalink: /:year/:slug/",),
            "2026-03-04-Gale_2",
            ["/2026/gale-2/", "/2026/03/04/Gale_2.html"],
        ),
        (("permalink: /:unknown/",), "2026-03-04-gale", ["/2026/03/04/gale.html"]),
        (
            ("redirect_from: [/b, '', ../c, /b]",),
            "2026-03-04-gale",
            ["/2026/03/04/gale.html", "/b"],
        ),
    ],
)
def test_jekylls_own_address_is_one_more_for_a_post_by_its_name(
    lines: tuple[str, ...], name: str, addresses: list[str]
) -> None:
    assert list(accepted(front(*lines), name).former_addresses) == addresses


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-03-04 10:00:00 UTC", "2026-03-04 10:00:00+00:00"),
        ("2026-03-04 10:00:00 +0000 (UTC)", "2026-03-04 10:00:00+00:00"),
        ("2026-3-4 9:05 -5", "2026-03-04 14:05:00+00:00"),
        ("2026-03-04T09:05:00.5+02:00", "2026-03-04 07:05:00.500000+00:00"),
        ("2026-03-04 9:05", "2026-03-04 08:05:00+00:00"),
        ("2026-03-04 10:00 Mars time", "None"),
        ("2026-03-04 25:00", "None"),
    ],
)
def test_a_date_is_read_with_its_zone(written: str, expected: str) -> None:
    parsed = accepted(front(f"date: {written}"))
    assert str(parsed.published_at) == expected
    assert bool(parsed.ed_note) is (expected == "None")


def test_a_post_in_html_is_claimed_by_this_reader_alone_and_is_no_markdown() -> None:
    data = front().encode() + b"\n<p>One *two*</p>\n\n    <p>Three</p>\n"
    for name in ("_posts/2026-03-04-a.html", "a.htm"):
        assert [reader for reader in READERS if reader.identify(data, name)] == [markdown.READER]
    page = front().replace("Text.", "<p>One *two*</p>\n\n    <p>Three</p>\n")
    assert accepted(page).body_html == "<p>One *two*</p>\n<p>Three</p>"
    assert identify(b"<!doctype html><p>A</p>", "a.html") is not markdown


def test_text_between_html_is_markdown_unless_the_name_says_html() -> None:
    page = front().replace("Text.", "<p>One</p>\n\nTwo *three*.")
    assert "<em>three</em>" in accepted(page, "a").body_html
    parsed = accepted(page, "a.html")
    assert "*three*" in parsed.body_html
    assert parsed.ref == "a"


@pytest.mark.parametrize(
    ("line", "name", "remote"),
    [
        ("image: /assets/gale%201.jpg", "gale 1.jpg", None),
        ("image: gale.jpg", "gale.jpg", None),
        ("image: //pictures.example/gale.jpg", "gale.jpg", None),
        ("image: https://a.example/g.jpg?w=1", "", RemotePicture("https://a.example/g.jpg?w=1")),
        (
            "cover: {image: 'http://a.example/g.jpg', alt: A gale, caption: It blew.}",
            "",
            RemotePicture("http://a.example/g.jpg", "A gale", "It blew."),
        ),
        ("image: 'https://[a'", "", None),
        ("image: 'https:///g.jpg'", "", None),
        ("image: ~", "", None),
        ("image: [https://a.example/g.jpg]", "", RemotePicture("https://a.example/g.jpg")),
        ("image: {path: [a]}", "", None),
        (f"image: https://a.example/{'a' * 2000}", "", None),
    ],
)
def test_a_picture_with_an_address_is_one_to_fetch(
    line: str, name: str, remote: RemotePicture | None
) -> None:
    parsed = accepted(front(line))
    assert (parsed.picture, parsed.remote_picture) == (name, remote)


def test_the_key_of_an_author_and_an_address_are_no_byline() -> None:
    parsed = accepted(front("authors: [jdoe, Ana Rua <ana@example.org>, bo@example.org]"))
    assert parsed.bylines == (ParsedName("Ana Rua"),)
    assert parsed.ed_note == "Author as written: jdoe"


def test_null_is_nothing_unless_it_is_quoted() -> None:
    parsed = accepted("---\ntitle: 'Null'\nauthor: null\ncategories: ~\ntags: [~, a]\n---\nText.")
    assert (parsed.headline, parsed.bylines, parsed.tags) == ("Null", (), ("topic:a",))


def test_the_mark_of_the_excerpt_is_no_text_of_the_story() -> None:
    lines = front('excerpt_separator: "++more++"')
    parsed = accepted(lines.replace("Text.", "One.\n\n++more++\n\nTwo."))
    assert parsed.body_html == "<p>One.</p>\n<p>Two.</p>"
    heading = front('excerpt_separator: "---"').replace("Text.", "One\n---\n\nTwo.")
    assert "<h2>One</h2>" in accepted(heading).body_html


def test_tags_of_a_template_are_named_to_the_editors() -> None:
    body = "{%\n highlight ruby %}\nx\n{% endhighlight %}\n\n{{ page.title }} {{< figure >}}"
    parsed = accepted(front().replace("Text.", body))
    assert parsed.ed_note == (
        "The text holds tags of a template (highlight, page, figure): look it through."
    )


@given(
    st.dictionaries(
        st.sampled_from("permalink slug date image cover author category redirect_from".split()),
        st.text(":/{}[].a1 \x00\ud800@<>-", max_size=12),
    ),
    st.text("/_-0123456789posts.ä\x00", max_size=14),
)
def test_any_front_matter_gives_paths_or_is_refused(values: dict[str, str], name: str) -> None:
    lines = (f"{key}: {value!r}" for key, value in values.items())
    text = front(*lines).encode("utf-8", "replace")
    [outcome] = markdown.READER.read(BytesIO(text), f"2026-03-04-{name}")
    if isinstance(outcome, ParsedArticle):
        assert all(path.startswith("/") for path in outcome.former_addresses)
        assert not any(".." in path.split("/") for path in outcome.former_addresses)
    else:
        assert outcome.remedy
