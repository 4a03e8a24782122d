"""NewsML 1.2 as agencies really write it comes in as they meant it."""

import json
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.formats.newsml_1 import reader as newsml_1
from articles.importing.formats.newsml_g2 import reader as newsml_g2
from articles.importing.formats.nitf import reader as nitf
from articles.importing.formats.types import ParsedArticle, ReadError, RejectedRecord
from articles.importing.pipeline.reading.normalize import clean
from tests.conftest import ROOT
from tests.importing.formats.plain_text.test_reader import CONTROL, filled_fields

DATA = ROOT / "tests" / "importing" / "data" / "newsml_1"
TEXT = "<NewsComponent><ContentItem><DataContent>Text.</DataContent></ContentItem></NewsComponent>"


def outcome_fields(outcome: ParsedArticle | RejectedRecord) -> dict[str, Any]:
    """Return what comes of one item, as JSON has it."""
    if isinstance(outcome, ParsedArticle):
        return filled_fields(outcome)
    return {"record": outcome.record, "field": outcome.field, "reason": str(outcome.reason)}


def items(data: bytes | str) -> list[ParsedArticle | RejectedRecord]:
    """Read and clean the items of ``data``, for a paper in Paris."""
    stream = BytesIO(data if isinstance(data, bytes) else data.encode())
    return [
        outcome
        if isinstance(outcome, RejectedRecord)
        else clean(outcome, zone=ZoneInfo("Europe/Paris"), language="en")
        for outcome in newsml_1.READER.read(stream, "file")
    ]


def item(management: str = "", content: str = TEXT, ids: str = "<NewsItemId>a</NewsItemId>") -> str:
    """Return a file of one item."""
    ids = f"<Identification><NewsIdentifier>{ids}</NewsIdentifier></Identification>"
    managed = f"<NewsManagement>{management}</NewsManagement>"
    return f"<NewsML><NewsItem>{ids}{managed}{content}</NewsItem></NewsML>"


def test_items_are_what_is_expected_of_them() -> None:
    path = DATA / "message.xml"
    assert newsml_1.READER.identify(path.read_bytes()[:8192], path.name)
    actual = [outcome_fields(outcome) for outcome in items(path.read_bytes())]
    assert actual == json.loads(path.with_suffix(".expected.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("status", "change", "until", "expected"),
    [
        ("Usable", "", "None", "usable"),
        ("Withheld", "", "None", "withheld"),
        ("Cancelled", "", "None", "canceled"),
        ("Killed", "", "None", "canceled"),
        ("Embargoed", "20260304T080000Z", "2026-03-04 08:00:00+00:00", "usable"),
        ("Embargoed", "20260304", "None", "withheld"),
        ("Embargoed", "", "None", "withheld"),
    ],
)
def test_a_status_holds(status: str, change: str, until: str, expected: str) -> None:
    will = f"<StatusWillChange><DateAndTime>{change}</DateAndTime></StatusWillChange>"
    [parsed] = items(item(f'<Status FormalName="{status}"/>{will if change else ""}'))
    assert isinstance(parsed, ParsedArticle)
    assert (str(parsed.embargoed_until), parsed.pub_status) == (until, expected)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (item('<Status FormalName="Odd"/>'), "Status"),
        (item(ids=""), "NewsItemId"),
        (item(content=""), "DataContent"),
        (item(content="<NewsItemRef/>"), "NewsItemRef"),
        (item(content='<NewsComponent><ContentItem Href="a.jpg"/></NewsComponent>'), "ContentItem"),
        ("<NewsML/>", "NewsItem"),
    ],
)
def test_what_is_no_story_is_refused_by_field(data: str, field: str) -> None:
    [refused] = items(data)
    assert isinstance(refused, RejectedRecord)
    assert refused.field == field
    assert refused.remedy


def test_a_refused_item_reads_alone_as_it_did_in_its_file() -> None:
    [refused] = items(item('<Status FormalName="Odd"/>'))
    assert isinstance(refused, RejectedRecord)
    [again] = items(refused.before + refused.original + refused.after)
    assert isinstance(again, RejectedRecord)
    assert (again.field, again.reason) == (refused.field, refused.reason)


def test_a_text_of_markup_in_a_string_is_read_as_such() -> None:
    data = "<![CDATA[<p>One</p><p>Two<script>x()</script></p>]]>"
    [parsed] = items(item(content=TEXT.replace("Text.", data)))
    assert isinstance(parsed, ParsedArticle)
    assert parsed.body_html == "<p>One</p>\n<p>Two</p>"


@pytest.mark.parametrize(
    "data",
    [
        '<!DOCTYPE NewsML [<!ENTITY a "b">]>' + item(),
        item(content=TEXT.replace("Text.", "&lol;")),
        item()[:-9],
        "<NewsML><NewsItem>" + "<NewsComponent>" * 1000,
        "x" * 1_000_000,
    ],
)
def test_hostile_files_are_refused_as_a_whole(data: str) -> None:
    with pytest.raises(ReadError):
        items(data)


TAGS = st.sampled_from(
    "NewsComponent ContentItem DataContent Role NewsLines HeadLine ByLine DateLine nitf p Status"
    " DescriptiveMetadata SubjectCode Subject Language".split()
)
NAMES = st.sampled_from(["", "Body", "Title", "Usable", "04000000", "x" * 400, "\x7f"])
TREE = st.recursive(
    st.text("ab \x85,:-", max_size=9),
    lambda inner: st.builds(
        lambda tag, name, parts: f"<{tag} FormalName='{name}'>{''.join(parts)}</{tag}>",
        *(TAGS, NAMES, st.lists(inner, max_size=4)),
    ),
    max_leaves=25,
)


@given(TREE)
def test_any_tree_comes_in_clean_or_is_refused_with_a_remedy(tree: str) -> None:
    for parsed in items(item(tree, tree)):
        assert isinstance(parsed, ParsedArticle) or parsed.remedy
        words = outcome_fields(parsed)
        assert not CONTROL.search(json.dumps(words, ensure_ascii=False)), words


def test_all_newsml_and_nitf_of_the_wires_come_in_or_are_refused_rightly(shared: Path) -> None:
    counts: Counter[str] = Counter()
    folders = ("superdesk-wires", "newsml-g2")
    for path in sorted(p for f in folders for p in (shared / "formats" / f).rglob("*")):
        data = path.read_bytes() if path.is_file() else b""
        for reader in (newsml_1.READER, newsml_g2.READER, nitf.READER):
            if not reader.identify(data[:8192], path.name):
                continue
            try:
                outcomes = list(reader.read(BytesIO(data), path.name))
            except ReadError:
                counts[f"{reader.NAME} unreadable"] += 1
                continue
            for outcome in outcomes:
                if isinstance(outcome, ParsedArticle):
                    outcome = clean(outcome, zone=ZoneInfo("Europe/Paris"), language="en")
                name = "in" if isinstance(outcome, ParsedArticle) else outcome.field
                counts[f"{reader.NAME} {name}"] += 1
                assert not CONTROL.search(
                    json.dumps(outcome_fields(outcome), ensure_ascii=False)
                ), path
    assert counts == {
        "newsml-1 in": 10,
        "newsml-g2 in": 31,
        "newsml-g2 body": 46,  # examples of one element each, without a text
        "newsml-g2 contentSet": 6,
        "newsml-g2 itemClass": 12,
        "newsml-g2 newsItem": 3,
        "newsml-g2 packageItem": 12,
        "newsml-g2 planningItem": 12,
        "newsml-g2 conceptItem": 9,
        "newsml-g2 knowledgeItem": 6,
        "newsml-g2 catalogItem": 1,
        "nitf in": 14,
    }


def component(text: str, language: str, role: str = "", headline: str = "") -> str:
    """Return a component with a text, a role and a headline, in ``language``."""
    role = f'<Role FormalName="{role}"/>' if role else ""
    lines = f"<NewsLines><HeadLine>{headline}</HeadLine></NewsLines>" if headline else ""
    metadata = f'<DescriptiveMetadata><Language FormalName="{language}"/></DescriptiveMetadata>'
    metadata = metadata if language else ""
    data = f"<ContentItem><DataContent>{text}</DataContent></ContentItem>"
    return f"<NewsComponent>{role}{lines}{metadata}{data}</NewsComponent>"


@pytest.mark.parametrize("role", ["", "Main"])
def test_texts_in_other_languages_are_named_to_the_editors_and_stay_outside(role: str) -> None:
    texts = (
        component("It blew.", "en-GB", role, "Gale"),
        component("Es wehte.", "de", role, "Sturm"),
        component("Il ventait.", "fr", role),
    )
    [parsed] = items(item(content=f"<NewsComponent>{''.join(texts)}</NewsComponent>"))
    assert isinstance(parsed, ParsedArticle)
    assert parsed.body_html == "<p>It blew.</p>"
    assert parsed.language.casefold().startswith("en")
    assert parsed.ed_note.splitlines() == [
        "Offered with it, a text in de: Sturm",
        "Offered with it, a text in fr",
    ]


def test_a_language_told_around_a_text_is_that_of_the_text() -> None:
    texts = (component(words, "", "Main") for words in ("It blew.", "Es wehte."))
    components = (
        f'<NewsComponent xml:lang="{language}">{text}</NewsComponent>'
        for language, text in zip(("en", "de-AT"), texts, strict=True)
    )
    [parsed] = items(item(content=f"<NewsComponent>{''.join(components)}</NewsComponent>"))
    assert isinstance(parsed, ParsedArticle)
    assert (parsed.body_html, parsed.ed_note) == (
        "<p>It blew.</p>",
        "Offered with it, a text in de",
    )


def test_parts_that_tell_no_language_belong_to_the_text() -> None:
    components = component("A summary.", "", "Abstract") + component("It blew.", "en", "Main")
    [parsed] = items(item(content=f"<NewsComponent>{components}</NewsComponent>"))
    assert isinstance(parsed, ParsedArticle)
    assert (parsed.dek, parsed.body_html, parsed.ed_note) == ("A summary.", "<p>It blew.</p>", "")
