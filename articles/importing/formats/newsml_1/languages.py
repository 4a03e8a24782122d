"""The languages of the components of a NewsML 1 item: one text in each, or one for all. Source: the standard's 5.7."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from articles.importing.formats.common.xml_fields import descendants, find_elements, first_line

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def base_language(element: Any) -> str:
    """Return the language of ``element`` without its region (``de``), told by it or nearest around it; may be empty."""
    for node in (element, *element.iterancestors()):
        described = find_elements(node, "DescriptiveMetadata/Language")
        languages = [
            *(described_language.get("FormalName", "") for described_language in described),
            node.get(_LANGUAGE, ""),
        ]
        if language := next(filter(None, map(str.strip, languages)), ""):
            return re.split("[-_]", language.casefold())[0]
    return ""


def is_foreign(element: Any, own_language: str) -> bool:
    """Tell whether ``element`` says that it is in another language than ``own_language``."""
    return bool(own_language) and base_language(element) not in ("", own_language)


def other_language_notes(
    item: Any, own_language: str, has_text: Callable[[Any], bool]
) -> Iterator[str]:
    """Yield a note on each other language that ``item`` has a text in, with its headline there."""
    headlines: dict[str, str] = {}
    for component in descendants(item, "NewsComponent"):
        if not is_foreign(component, own_language) or not has_text(component):
            continue
        language = base_language(component)
        components = (component, *component.iterancestors("{*}NewsComponent"))
        lines = (
            first_line(ancestor, "NewsLines/HeadLine")
            for ancestor in components
            if base_language(ancestor) == language
        )
        headlines[language] = headlines.get(language) or next(filter(None, lines), "")
    for language, headline in headlines.items():
        name = language if re.fullmatch(r"[a-z\d]{1,8}", language) else "another language"
        yield f"Offered with it, a text in {name}: {headline}".removesuffix(": ")
