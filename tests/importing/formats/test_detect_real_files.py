"""Real files of every format: exactly one reader claims each, and what the standards call good comes in."""

from collections import Counter
from pathlib import Path

import pytest

from articles.importing.formats import READERS
from articles.importing.formats.detect import identify
from articles.importing.formats.ninjs import reader as ninjs
from articles.importing.formats.types import ParsedArticle
from tests.importing.formats.ninjs.test_reader import items

NO_WIRES = {"ORIGIN.txt", "LICENCE-NOTE.txt"}


def table(folder: Path) -> tuple[Counter[str], str]:
    """Return how many items of ``folder`` came in or were refused by field, and a line a file."""
    counts: Counter[str] = Counter()
    lines = []
    for path in sorted(folder.rglob("*.json")):
        if not ninjs.READER.identify(path.read_bytes()[:8192], path.name):
            counts["not ninjs"] += 1
            lines.append(f"{path.relative_to(folder)}: not ninjs")
            continue
        for item in items(path.read_bytes()):
            is_in = isinstance(item, ParsedArticle)
            counts["in" if is_in else item.field] += 1
            outcome = item.headline if is_in else f"refused, {item.field}: {item.reason}"
            lines.append(f"{path.relative_to(folder)}: {outcome}")
    return counts, "\n".join(lines)


@pytest.mark.parametrize(
    ("folders", "expected"),
    [
        ("examples", {"in": 26, "type": 28, "body": 1, "not ninjs": 1}),  # the last is a schema
        ("doc-examples", {"in": 15, "type": 4, "body": 1, "headline": 3}),  # whose body is "..."
        ("test_suite/*/should_pass", {"in": 7, "type": 11, "body": 61}),
    ],
)
def test_the_standards_items_come_in_but_for_what_is_no_story(
    shared: Path, folders: str, expected: dict[str, int]
) -> None:
    tables = [table(folder) for folder in sorted((shared / "formats" / "ninjs").glob(folders))]
    counts = sum((counts for counts, _ in tables), Counter())
    assert counts == expected, "\n".join(lines for _, lines in tables)


def test_what_the_suite_fails_is_refused_but_for_strange_fields_of_pictures(shared: Path) -> None:
    folders = sorted((shared / "formats" / "ninjs" / "test_suite").glob("*/should_fail"))
    tables = [table(folder) for folder in folders]
    came_in = [line for _, lines in tables for line in lines.split("\n") if "refused" not in line]
    assert sum(sum(counts.values()) for counts, _ in tables) == 35
    assert {line.partition(":")[0] for line in came_in} == {
        "001_bad_association.json",
        "002_bad_association.json",
    }
    assert len(came_in) == 3


@pytest.mark.parametrize(
    ("folder", "pattern", "reader", "count"),
    [
        ("ninjs", "*.json", "ninjs", 179),
        ("ninjs", "*.md", "markdown", 2),
        ("markdown/jekyll-posts", "*.markdown", "markdown", 19),
        ("markdown", "*.md", "markdown", 5),
        ("bbc-plaintext", "*.txt", "text", 324),
        ("superdesk-wires", "ninjs*.json", "ninjs", 5),
        ("reuters21578", "*.sgm", "reuters", 5),
        ("wikinews", "*.csv", "csv", 2),
        ("ag-news-sample", "*.csv", "csv", 1),
    ],
)
def test_exactly_one_reader_claims_a_file(
    shared: Path, folder: str, pattern: str, reader: str, count: int
) -> None:
    left_out = {"extension-schema.json", "ORIGIN.txt", "LICENCE-NOTE.txt", "README.TXT"}
    paths = sorted(
        p for p in (shared / "formats" / folder).rglob(pattern) if p.name not in left_out
    )
    assert len(paths) == count
    for path in paths:
        claimed_by = identify(path.read_bytes()[:8192], str(path))
        assert reader == claimed_by.NAME, path


def test_every_wire_is_claimed_by_its_own_reader(shared: Path) -> None:
    paths = [p for p in (shared / "formats" / "superdesk-wires").rglob("*") if p.is_file()]
    texts = [p for p in paths if p.suffix in (".tst", ".txt") and p.name not in NO_WIRES]
    assert len(texts) == 37
    claimed = Counter(identify(p.read_bytes()[:8192], str(p)).NAME for p in texts)
    assert claimed.keys() <= {"agency-text", "email", "text"}
    assert claimed["agency-text"] + claimed["email"] >= 32, claimed


def test_no_file_of_any_format_is_claimed_by_two_readers(shared: Path) -> None:
    for path in sorted((shared / "formats").rglob("*")):
        if not path.is_file():
            continue
        head = path.read_bytes()[:8192]
        willing = [reader for reader in READERS if reader.identify(head, str(path))]
        claimed_by = [reader.NAME for reader in willing if not reader.IS_LAST_RESORT]
        assert len(claimed_by) <= 1, f"{path.name}: {claimed_by}"
