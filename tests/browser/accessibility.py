"""What a page is held to in a browser: the rules of axe, in light and in dark, and the width of the screen."""

from collections.abc import Sequence
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
# All rules of axe that look at a colour (its category cat.color, up to AA). The others ask for elements, names and
# boxes: what they answer in light holds in dark, where nothing moves.
COLOUR_RULES = ("color-contrast", "link-in-text-block")
SHOWN_NODES = 3

# None where axe is not in the page yet. A colour on its way from light to dark is neither, so transitions are ended;
# the end of one may start another one in what inherits the colour.
LOOK = """async ([context, options, shown]) => {
  if (!window.axe) return null;
  for (let rounds = 0; document.getAnimations().length && rounds < 20; rounds += 1)
    for (const animation of document.getAnimations()) animation.finish();
  const { violations } = await axe.run(context ?? document, { ...options, resultTypes: ["violations"] });
  const found = violations.map(({ id, nodes }) => [
    id, nodes.slice(0, shown).map(({ html, failureSummary }) => `${html.slice(0, 200)}: ${failureSummary}`),
  ]);
  return { violations: Object.fromEntries(found), width: document.documentElement.scrollWidth };
}"""


def look(page: Any, context: str | None, options: dict[str, Any]) -> dict[str, Any]:
    """Return the first nodes of each rule that the page breaks, and how wide the page is."""
    arguments = [context, options, SHOWN_NODES]
    seen = page.evaluate(LOOK, arguments)
    if seen is None:  # once a page load
        page.evaluate(AXE_SCRIPT)
        seen = page.evaluate(LOOK, arguments)
    return seen


def assert_accessible(
    page: Any,
    place: str = "",
    *,
    context: str | None = None,
    tags: Sequence[str] = WCAG,
    has_dark: bool = True,
) -> None:
    """Hold a page in light to the rules of ``tags`` (none: to all rules), and in dark to those on colours.

    ``context`` is the selector of what is looked at, by default the page. Leaves the page in light.
    """
    place = place or page.url
    options = {"runOnly": {"type": "tag", "values": tags}} if tags else {}
    light = look(page, context, options)
    assert light["violations"] == {}, f"{place}, in light: {light['violations']}"
    if not has_dark:
        return
    page.emulate_media(color_scheme="dark")
    dark = look(page, context, {"runOnly": {"type": "rule", "values": COLOUR_RULES}})
    page.emulate_media(color_scheme="light")
    assert dark["violations"] == {}, f"{place}, in dark: {dark['violations']}"
    assert dark["width"] == light["width"], f"{place}: {dark} in dark, {light} in light"


def assert_fits(page: Any, place: str = "", widths: Sequence[int] = ()) -> None:
    """Fail when something of the page runs out of it to the side, at each of ``widths`` (px; none: as it is)."""
    for width in widths or [page.viewport_size["width"]]:
        resize(page, width)
        scroll_width, inner_width = page.evaluate(
            "[document.documentElement.scrollWidth, innerWidth]"
        )
        assert inner_width == width, f"{inner_width} px instead of {width}"
        assert scroll_width <= width, f"{place or page.url}: {scroll_width} px at {width} px"


def resize(page: Any, width: int) -> None:
    """Make the page ``width`` px wide."""
    if width != page.viewport_size["width"]:
        page.set_viewport_size({"width": width, "height": page.viewport_size["height"]})


def assert_legible(page: Any, place: str, fitting: Sequence[int]) -> None:
    """Hold a page to axe on a phone and on a desk, and to its width at each of ``fitting``, in one load.

    Only for pages without a script that asks for their width while they load. Ends with the wide page.
    """
    assert_fits(page, place, fitting)
    for width in (390, 1280):
        resize(page, width)
        assert_accessible(page, f"{place} at {width} px")
