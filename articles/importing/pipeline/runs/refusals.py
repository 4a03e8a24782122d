"""A refused record as a run keeps it: in English, and as data that can be told in any language."""

from typing import Any

from articles.importing.formats.types import RejectedRecord
from articles.text.messages import Message
from articles.translation.messages import translate

SENTENCES = ("reason", "remedy")


def as_row(label: str, refused: RejectedRecord) -> dict[str, Any]:
    """Return ``refused``, of the file ``label``, as plain values for JSON.

    ``code`` names the reason to programs; ``messages`` holds what is translated.
    """
    row: dict[str, Any] = {"file": label, "record": refused.record, "field": refused.field}
    row |= {name: str(getattr(refused, name)) for name in SENTENCES}
    row["code"] = refused.code
    marked = {name: getattr(refused, name) for name in SENTENCES}
    messages = {
        name: {
            "id": message.id,
            "params": {key: str(value) for key, value in message.params.items()},
        }
        for name, message in marked.items()
        if isinstance(message, Message)
    }
    return row | ({"messages": messages} if messages else {})


def in_words(row: dict[str, Any], name: str) -> str:
    """Return the sentence ``name`` (reason, remedy) of a kept ``row`` in the active language, if it is marked."""
    message = row.get("messages", {}).get(name)
    if message:
        return translate(Message(message["id"], message["params"]))
    return str(row.get(name, ""))
