"""The codes by which NewsML-G2 knows a concept: a qcode, a uri, or a literal. Source: https://iptc.org/standards/newsml-g2/"""

import re
from typing import Any


def concept_code(element: Any) -> str:
    """Return the code of a concept without its scheme, in small letters."""
    return last_part(full_concept_code(element))


def full_concept_code(element: Any) -> str:
    """Return what a concept is known by."""
    return element.get("qcode") or element.get("uri") or element.get("literal") or ""


def last_part(name: str) -> str:
    """Return what stands behind the scheme of ``hld:main`` or the path of an address, in small letters."""
    return re.split("[:/]", name.strip())[-1].casefold()
