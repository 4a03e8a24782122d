"""The languages of the components of a NewsML 1 item: one text in each, or one for all. Source: the standard's 5.7."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from .xml_fields import every, first_line, inner

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def tongue(element: Any) -> str:
    """Return the language of ``element`` without its region (``de``), told by it or nearest around it; may be empty."""
    for one in (element, *element.iterancestors()):
        described = every(one, "DescriptiveMetadata/Language")
        told = [*(found.get("FormalName", "") for found in described), one.get(_LANGUAGE, "")]
        if said := next(filter(None, map(str.strip, told)), ""):
            return re.split("[-_]", said.casefold())[0]
    return ""


def is_foreign(element: Any, own: str) -> bool:
    """Tell whether ``element`` says that it is in another language than ``own``."""
    return bool(own) and tongue(element) not in ("", own)


def other_texts(item: Any, own: str, has_text: Callable[[Any], bool]) -> Iterator[str]:
    """Yield a note on each other language that ``item`` has a text in, with its headline there."""
    found: dict[str, str] = {}
    for component in inner(item, "NewsComponent"):
        if not is_foreign(component, own) or not has_text(component):
            continue
        other = tongue(component)
        around = (component, *component.iterancestors("{*}NewsComponent"))
        lines = (first_line(one, "NewsLines/HeadLine") for one in around if tongue(one) == other)
        found[other] = found.get(other) or next(filter(None, lines), "")
    for other, headline in found.items():
        name = other if re.fullmatch(r"[a-z\d]{1,8}", other) else "another language"
        yield f"Offered with it, a text in {name}: {headline}".removesuffix(": ")
