"""Two bodies in HTML -> what changed in their words, their formatting, their links and the kinds of their blocks."""

from articles.text.html.blocks import PLAIN, Block, Style
from articles.text.html.sanitize import parse_blocks
from articles.text.merge3.blocks import split_blocks

from .paragraphs import collapse, diff_paragraphs
from .passages import DiffParagraph, DiffPiece, Passage, Shape, ShapeName

_BLOCK_TAGS = ("<p>", "<h2>", "<h3>", "<ul>", "<ol>", "<blockquote>")
_NAMES: dict[str, ShapeName] = {"p": "p", "h2": "h2", "h3": "h3", "ul": "ul", "ol": "ol"}


def diff_bodies(old_html: str, new_html: str, *, context: int | None = 1) -> list[Passage]:
    """Return the blocks of two bodies (as ``sanitise`` returns them) in reading order, with all that is different.

    ``context`` is as in ``diff``. Two bodies that differ never give nothing: where words and looks are the same, what
    they differ in (a space in bold, two lists instead of one) is shown, and at last their HTML.
    """
    if old_html == new_html:
        return [] if context is not None else diff_paragraphs(*_sides(old_html, new_html))
    passages = diff_paragraphs(*_sides(old_html, new_html))
    if not any(passage.is_changed for passage in passages):
        passages = diff_paragraphs(*_sides(old_html, new_html, is_exact=True))
    if not any(passage.is_changed for passage in passages):
        passages = [
            Passage((DiffPiece("delete", old_html),), shape=Shape("other")),
            Passage((DiffPiece("insert", new_html),), shape=Shape("other")),
        ]
    return passages if context is None else collapse(passages, context)


def _sides(
    old_html: str, new_html: str, *, is_exact: bool = False
) -> tuple[list[DiffParagraph], list[DiffParagraph]]:
    return _paragraphs(old_html, is_exact), _paragraphs(new_html, is_exact)


def _paragraphs(html: str, is_exact: bool) -> list[DiffParagraph]:
    """Return the blocks of ``html`` as paragraphs; what is no block that we know is one as a whole."""
    paragraphs: list[DiffParagraph] = []
    for source in split_blocks(html):
        blocks = parse_blocks(source)
        if not source.startswith(_BLOCK_TAGS):
            text = "\n".join(_text(block) for block in blocks)
            paragraphs.append(DiffParagraph(text, shape=Shape("other", source=source)))
            continue
        list_id = 0
        for at, block in enumerate(blocks):
            is_grouped = bool(block.list_id or block.quote_id)
            begins = is_exact and is_grouped and (at == 0 or block.list_id != list_id)
            list_id = block.list_id
            paragraphs.append(_paragraph(block, begins=begins, is_exact=is_exact))
    return paragraphs


def _paragraph(block: Block, *, begins: bool, is_exact: bool) -> DiffParagraph:
    shape = Shape(_NAMES[block.list_tag or block.kind], bool(block.quote_id), begins)
    return DiffParagraph(_text(block), _runs(block, is_exact), shape)


def _text(block: Block) -> str:
    return "".join(text for text, _ in block.runs)


def _runs(block: Block, is_exact: bool) -> tuple[tuple[int, Style], ...]:
    """Return the styles of ``block``, neighbours of one style joined; a space has a style only where it matters."""
    styles = [style for text, style in block.runs for _ in text]
    if not is_exact:
        styles = _spaces_like_neighbors(_text(block), styles)
    runs: list[tuple[int, Style]] = []
    for end, style in enumerate(styles, 1):
        if runs and runs[-1][1] == style:
            runs[-1] = (end, style)
        else:
            runs.append((end, style))
    return () if all(style == PLAIN for _, style in runs) else tuple(runs)


def _spaces_like_neighbors(text: str, styles: list[Style]) -> list[Style]:
    """Give white space between two letters of one style that style, all other white space none."""
    styles = list(styles)
    at = 0
    while at < len(text):
        if not text[at].isspace():
            at += 1
            continue
        end = at
        while end < len(text) and text[end].isspace():
            end += 1
        is_inside = at > 0 and end < len(text) and styles[at - 1] == styles[end]
        styles[at:end] = [styles[end] if is_inside else PLAIN] * (end - at)
        at = end
    return styles
