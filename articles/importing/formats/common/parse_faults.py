"""Why XML cannot be read, in words: what the parser says, told so that it can be mended."""

import re

from articles.text.messages import Message


def malformed_message(line: int, reason: str) -> Message:
    """Return where and why a text is not well-formed."""
    reason = re.sub(r", line \d+, column \d+$", "", " ".join(reason.split()))
    if entity := re.fullmatch(r"Entity '(.+)' not defined", reason):
        return undefined_message(line, entity[1])
    if "XML_PARSE_HUGE" in reason:
        return Message(
            "Line %(line)s: too deep or too long to read (%(reason)s). Leave it out.",
            {"line": line, "reason": reason.partition(",")[0]},
            "xml.depth",
        )
    return Message(
        "It is not well-formed XML, line %(line)s: %(reason)s. Export it again.",
        {"line": line, "reason": reason[:200]},
        "xml.malformed",
    )


def entity_message(name: str) -> Message:
    """Return that a text declares the entity ``name``."""
    return Message(
        "It declares an entity (%(name)s), which is not safe to read. Write the text itself.",
        {"name": repr(name[:40])},
        "xml.entity",
    )


def undefined_message(line: int, name: str) -> Message:
    """Return that a text uses the entity ``name`` and nothing declares it."""
    return Message(
        "Line %(line)s: the entity &%(name)s; is not defined. Write the letter itself.",
        {"line": line, "name": name[:40]},
        "xml.undefined_entity",
    )
