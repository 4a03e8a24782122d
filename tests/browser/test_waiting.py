"""A browser goes on while a test reads: what a click brings is waited for, never read at once.

Playwright's click returns before the next page stands. `expect(...)` and `wait_for` ask again until it does;
`count()`, `page.url` and their like answer for whatever page is there at that moment.
"""

import ast
from pathlib import Path

FOLDER = Path(__file__).parent
CLICKS = {"click", "dblclick", "tap"}
AT_ONCE = {"all", "all_inner_texts", "all_text_contents", "content", "count", "is_visible", "url"}


def uses(node: ast.AST, names: set[str]) -> bool:
    return any(isinstance(part, ast.Attribute) and part.attr in names for part in ast.walk(node))


def read_at_once(code: str) -> list[int]:
    """Return the lines of assertions, assignments and loops that read a page right after a click."""
    lines = []
    for node in ast.walk(ast.parse(code)):
        body = getattr(node, "body", None)
        if not isinstance(body, list):
            continue
        for before, after in zip(body, body[1:], strict=False):
            # A whole test or loop before this line does not count: only one statement that clicks.
            clicked = isinstance(before, ast.Expr) and uses(before, CLICKS)
            reads = {ast.While: "test", ast.Assert: "test", ast.Assign: "value"}.get(type(after))
            if clicked and reads and uses(getattr(after, reads), AT_ONCE):
                lines.append(after.lineno)
    return lines


def test_no_browser_test_reads_a_page_right_after_a_click():
    too_early = {
        path.name: lines
        for path in sorted(FOLDER.glob("*.py"))
        if (lines := read_at_once(path.read_text("utf-8")))
    }
    assert too_early == {}, "use expect(...) of playwright.sync_api, which waits"


def test_what_reads_too_early_is_found():
    hasty = "page.click('a')\nassert page.locator('q').count() == 1\n"
    patient = "page.click('a')\nexpect(page.locator('q')).to_have_count(1)\n"
    assert (read_at_once(hasty), read_at_once(patient)) == ([2], [])
