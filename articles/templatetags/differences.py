"""What came and what went, marked so that it is read aloud, copied and printed without styles as it is seen."""

from collections.abc import Iterable, Iterator

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy, ngettext

from articles.text.diff import DiffPiece, Passage, Shape
from articles.text.html.blocks import Style
from articles.text.messages import AnyMessage
from articles.translation.messages import translate

register = template.Library()

# The brackets and words are for who sees no underline: without them "18" that became "8" reads as "188".
_WORDS = '<span class="visually-hidden">[{}: </span>{}<span class="visually-hidden">]</span>'
_REMOVED, _ADDED = f"<del>{_WORDS}</del>", f"<ins>{_WORDS}</ins>"
_SHAPES = {
    "p": gettext_lazy("paragraph"),
    "h2": gettext_lazy("heading"),
    "h3": gettext_lazy("small heading"),
    "ul": gettext_lazy("list item"),
    "ol": gettext_lazy("numbered item"),
    "other": gettext_lazy("other block"),
}


@register.simple_tag
def removed(words: str) -> SafeString:
    """Mark ``words`` as taken out."""
    return format_html(_REMOVED, gettext("removed"), words)


@register.simple_tag
def added(words: str) -> SafeString:
    """Mark ``words`` as new."""
    return format_html(_ADDED, gettext("added"), words)


@register.filter
def message(words: AnyMessage | str) -> str:
    """Return a sentence of the rooms without Django in the active language."""
    return translate(words)


@register.filter
def as_difference(passages: Iterable[Passage]) -> SafeString:
    """Return a difference as HTML, escaped: a paragraph each, unchanged ones that are not shown counted."""
    return format_html_join("\n", "{}", ([_passage_html(passage)] for passage in passages))


@register.filter
def as_marked(pieces: Iterable[DiffPiece]) -> SafeString:
    """Return one paragraph of a difference as HTML, escaped; a space parts what went from what came."""
    marked: list[tuple[SafeString | str]] = []
    before = ""
    for op, group in _by_op(pieces):
        if op == "insert" and before == "delete":
            marked.append((" ",))
        marked.append((_group_html(op, group),))
        before = op
    return format_html_join("", "{}", marked)


def _by_op(pieces: Iterable[DiffPiece]) -> Iterator[tuple[str, list[DiffPiece]]]:
    """Yield neighbours that went together, that came together, and each other piece alone."""
    group: list[DiffPiece] = []
    for piece in pieces:
        if group and (piece.op != group[0].op or piece.op == "restyle"):
            yield group[0].op, group
            group = []
        group.append(piece)
    if group:
        yield group[0].op, group


def _group_html(op: str, group: list[DiffPiece]) -> SafeString | str:
    if op == "restyle":
        return _restyled_html(group[0])
    words = format_html_join("", "{}", ([_styled_html(piece)] for piece in group))
    if op == "equal":
        return words
    text = "".join(piece.text for piece in group)
    if text.isspace():
        words = format_html("{}", _visible(text))
    return removed(words) if op == "delete" else added(words)


def _styled_html(piece: DiffPiece) -> SafeString | str:
    """Return the words as they are set; of a link that came or went with its address, which is otherwise unseen."""
    html: SafeString | str = piece.text
    if piece.style.is_em:
        html = format_html("<em>{}</em>", html)
    if piece.style.is_strong:
        html = format_html("<strong>{}</strong>", html)
    if piece.style.href:
        html = format_html('<span class="linked">{}</span>', html)
        if piece.op != "equal":
            address = gettext("link to %(address)s") % {"address": piece.style.href}
            html = format_html('{} <span class="diff-note">({})</span>', html, address)
    return html


def _restyled_html(piece: DiffPiece) -> SafeString:
    """Return words that stayed, with what is different about them said behind."""
    old_style = piece.old_style or piece.style
    words = _styled_html(DiffPiece("equal", _visible(piece.text), piece.style))
    return format_html(
        '<span class="restyled">{}</span> <span class="diff-note">[{}]</span>',
        words,
        "; ".join(_style_changes(old_style, piece.style)),
    )


def _style_changes(old: Style, new: Style) -> Iterator[str]:
    if old.is_strong != new.is_strong:
        yield gettext("now bold") if new.is_strong else gettext("no longer bold")
    if old.is_em != new.is_em:
        yield gettext("now italic") if new.is_em else gettext("no longer italic")
    if old.href == new.href:
        return
    addresses = {"old": old.href, "new": new.href}
    if not old.href:
        yield gettext("link to %(new)s added") % addresses
    elif not new.href:
        yield gettext("link to %(old)s removed") % addresses
    else:
        yield gettext("link changed from %(old)s to %(new)s") % addresses


def _visible(words: str) -> str:
    """Return ``words``; a name for white space alone, which nobody sees."""
    if not words or words.strip():
        return words
    return gettext("line break") if "\n" in words else gettext("space")


def _passage_html(passage: Passage) -> SafeString:
    if passage.skipped:
        count = passage.skipped
        sentence = ngettext("%(n)s unchanged paragraph", "%(n)s unchanged paragraphs", count)
        return format_html('<p class="skipped">{}</p>', sentence % {"n": count})
    if passage.pieces and not any(piece.text for piece in passage.pieces):
        return format_html("<p>{}</p>", _wordless_html(passage))
    return format_html("<p>{}{}</p>", _shape_html(passage), as_marked(passage.pieces))


def _wordless_html(passage: Passage) -> SafeString | str:
    """Return what came or went of a block that has no words: its name."""
    name = _shape_name(passage.shape)
    match passage.pieces[0].op:
        case "insert":
            return added(name)
        case "delete":
            return removed(name)
    return _shape_html(passage) or name


def _shape_html(passage: Passage) -> SafeString | str:
    """Return what kind of block it is, and was, unless it is and was a plain paragraph."""
    name = _shape_name(passage.shape)
    if passage.old_shape is not None:
        old_name = _shape_name(passage.old_shape)
        if old_name == name:
            return format_html('<span class="diff-note">{}</span> ', added(gettext("changed")))
        marks = format_html("{} {}", removed(old_name), added(name))
        return format_html('<span class="diff-note">{}:</span> ', marks)
    if passage.shape == Shape() or not passage.is_changed:
        return ""
    return format_html('<span class="diff-note">{}:</span> ', name)


def _shape_name(shape: Shape) -> str:
    name = str(_SHAPES[shape.name])
    if shape.is_quoted:
        name = gettext("%(kind)s in a quoted block") % {"kind": name}
    if shape.begins:
        name = gettext("%(kind)s, the first of its group") % {"kind": name}
    return name
