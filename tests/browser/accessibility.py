"""What a page is held to in a browser: the rules of axe, in light and in dark, and the width of the screen."""

from collections.abc import Sequence
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
# All rules of axe that look at a colour (its category cat.color, up to AA). The others ask for elements, names and
# boxes: what they answer in light holds in dark, where nothing moves.
COLOUR_RULES = ("color-contrast", "link-in-text-block")
SHOWN_NODES = 3

# A colour on its way from light to dark is neither; a transition may start another one in what inherits the colour.
END_TRANSITIONS = """() => {
  for (let rounds = 0; document.getAnimations().length && rounds < 20; rounds += 1)
    for (const animation of document.getAnimations()) animation.finish();
}"""
FIND_VIOLATIONS = """async ([context, options]) => {
  const { violations } = await axe.run(context ?? document, { ...options, resultTypes: ["violations"] });
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => [html, failureSummary])]);
}"""
WIDTHS = "() => [document.documentElement.scrollWidth, innerWidth]"


def find_violations(
    page: Any, context: str | None, options: dict[str, Any]
) -> dict[str, list[str]]:
    """Return the first nodes of each rule that the page breaks, the whole page or what ``context`` selects."""
    page.evaluate(END_TRANSITIONS)
    if page.evaluate("!window.axe"):  # once a page load
        page.evaluate(AXE_SCRIPT)
    return {
        rule: [f"{html[:200]}: {reason}" for html, reason in nodes[:SHOWN_NODES]]
        for rule, nodes in page.evaluate(FIND_VIOLATIONS, [context, options])
    }


def assert_accessible(
    page: Any, place: str = "", *, context: str | None = None, tags: Sequence[str] = WCAG
) -> None:
    """Hold the page to the rules of ``tags`` (none: to all rules) in light, and to those on colours in dark.

    ``context`` is the selector of what is looked at. Leaves the page in light.
    """
    place = place or page.url
    page.emulate_media(color_scheme="light")
    options = {"runOnly": {"type": "tag", "values": tags}} if tags else {}
    assert find_violations(page, context, options) == {}, f"{place}, in light"
    light_widths = page.evaluate(WIDTHS)
    page.emulate_media(color_scheme="dark")
    options = {"runOnly": {"type": "rule", "values": COLOUR_RULES}}
    assert find_violations(page, context, options) == {}, f"{place}, in dark"
    assert page.evaluate(WIDTHS) == light_widths, f"{place}, in dark"
    page.emulate_media(color_scheme="light")


def assert_fits(page: Any, place: str = "", widths: Sequence[int] = ()) -> None:
    """Fail when something of the page runs out of it to the side, at each of ``widths`` (px; none: as it is)."""
    for width in widths or [page.viewport_size["width"]]:
        if width != page.viewport_size["width"]:
            page.set_viewport_size({"width": width, "height": page.viewport_size["height"]})
        scroll_width, inner_width = page.evaluate(WIDTHS)
        assert inner_width == width
        assert scroll_width <= width, f"{place or page.url}: {scroll_width} px at {width} px"
