"""Two compositions of a story -> each field that differs, with what came and what went, for readers and editors."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from articles.composed import Composed, CorrectionNote, Credit, Link, Picture, QuoteSnapshot
from articles.story_fields import STORY_FIELDS, FieldKind, StoryField
from articles.text.diff import Passage, diff, diff_bodies
from articles.text.messages import Message

Lines = list[str]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field in which two compositions differ; ``label`` says which to people, ``passages`` what it was and is."""

    name: str
    label: Message
    passages: Sequence[Passage]


@dataclass(frozen=True, slots=True)
class _Field:
    """How one field is compared: ``lines`` is its value as people read it, a line each."""

    name: str
    label: Message
    lines: Callable[[Composed], Lines]
    value: Callable[[Composed], object]


def diff_composed(old: Composed, new: Composed, names: Iterable[str] = ()) -> list[FieldChange]:
    """Return what differs between ``old`` and ``new``, in the order of the page; ``names`` alone, where given.

    Two compositions that differ never give nothing: where the words that people read are the same (another person of
    the same name) the whole value is shown. What follows from other fields is not compared (plain text, story).
    """
    chosen = set(names)
    return [
        FieldChange(field.name, field.label, passages)
        for field in _FIELDS
        if (not chosen or field.name in chosen) and (passages := _compare(field, old, new))
    ]


def _compare(field: _Field, old: Composed, new: Composed) -> Sequence[Passage]:
    old_value, new_value = field.value(old), field.value(new)
    if old_value == new_value:
        return ()
    if field.name == "body_html":
        return diff_bodies(old.body_html, new.body_html)
    old_lines, new_lines = field.lines(old), field.lines(new)
    if old_lines == new_lines:
        old_lines, new_lines = _describe(old_value), _describe(new_value)
    return diff("\n\n".join(old_lines), "\n\n".join(new_lines), context=0)


def _describe(value: object) -> Lines:
    """Return ``value`` in full: a line a row, with each of its fields that says anything."""
    if isinstance(value, tuple):
        return [line for item in value for line in _describe(item)]
    if is_dataclass(value):
        pairs = ((item.name, getattr(value, item.name)) for item in fields(value))
        return [", ".join(f"{name} {_nested(inner)}" for name, inner in pairs if inner)]
    return [repr(value)]


def _nested(value: Any) -> str:
    return "; ".join(_describe(value)) if is_dataclass(value) else str(value)


def _line(name: str) -> Callable[[Composed], Lines]:
    """Return the lines of a field that is text itself."""
    return lambda story: [str(getattr(story, name))] if getattr(story, name) else []


def _value(name: str) -> Callable[[Composed], object]:
    return lambda story: getattr(story, name)


def _credit(credit: Credit) -> str:
    return f"{credit.name} ({credit.role})" if credit.role else credit.name


def _link(link: Link) -> str:
    return f"{link.name} ({link.role})" if link.role else link.name


def _rows(name: str, describe: Callable[[Any], str]) -> Callable[[Composed], Lines]:
    """Return the lines of a field that holds rows, a line each."""
    return lambda story: [describe(row) for row in getattr(story, name)]


def _note(note: CorrectionNote) -> str:
    return f"{note.wrong} {note.right}".strip()


def _quote(quote: QuoteSnapshot) -> str:
    speaker = f"{quote.speaker}, {quote.role}" if quote.role else quote.speaker
    said_for = f" ({quote.said_for.name})" if quote.said_for else ""
    return f"{speaker}{said_for}: “{quote.text}”"


def _picture(name: str) -> Callable[[Composed], Lines]:
    def lines(story: Composed) -> Lines:
        value = getattr(story.picture, name) if story.picture else ""
        return [value] if value else []

    return lines


def _picture_file(story: Composed) -> object:
    picture: Picture | None = story.picture
    return picture and (picture.id, picture.token, picture.width, picture.height, picture.widths)


def _picture_lines(story: Composed) -> Lines:
    picture = story.picture
    return [f"{picture.alt or picture.caption or '–'} (no. {picture.id})"] if picture else []


def _picture_field(name: str, label: Message) -> _Field:
    lines = _picture(name)
    return _Field(f"picture_{name}", label, lines, lines)


def _story_field(field: StoryField) -> list[_Field]:
    """Return how a declared field is compared: none where readers do not get it."""
    label = Message(field.label)
    if field.kind is FieldKind.ROW:
        return [_Field("picture", label, _picture_lines, _picture_file), *_PICTURE_WORDS]
    if field.name not in _PRINTED:
        return []
    match field.kind:
        case FieldKind.BYLINES:
            lines = _rows(field.name, _credit)
        case FieldKind.ROWS:
            lines = _rows(field.name, _link)
        case _:
            lines = _line(field.name)
    return [_Field(field.name, label, lines, _value(field.name))]


_PRINTED = {field.name for field in fields(Composed)}
_PICTURE_WORDS = (
    _picture_field("alt", Message("description of the picture")),
    _picture_field("caption", Message("caption")),
    _picture_field("credit", Message("credit of the picture")),
)
_FIELDS = (
    *(compared for field in STORY_FIELDS for compared in _story_field(field)),
    _Field("quotes", Message("quotes on record"), _rows("quotes", _quote), _value("quotes")),
    _Field(
        "corrections", Message("corrections"), _rows("corrections", _note), _value("corrections")
    ),
)
COMPARED = tuple(field.name for field in _FIELDS)
