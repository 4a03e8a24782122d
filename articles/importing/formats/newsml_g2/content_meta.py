"""What the contentMeta of a NewsML-G2 item says, with the NITF inside of it where that alone has it."""

from collections.abc import Iterator
from typing import Any

from articles.importing.formats.common.bylines import byline_names, first_credit
from articles.importing.formats.common.iptc import iptc_code
from articles.importing.formats.common.xml_fields import (
    dateline_place,
    descendants,
    element_language,
    element_line,
    find_elements,
    first_line,
    prefixed_tags,
)
from articles.importing.formats.nitf import fields as nitf
from articles.importing.formats.types import ParsedName
from articles.text.names.agencies import find_agency

from .concepts import concept_code, full_concept_code, last_part

_NO_HEADLINES = {"kicker", "subheadline", "subheading", "sub", "short", "medium"}
_NO_DEKS = {"caption", "credit", "creditline", "writer", "byline"}
_UNKNOWN = {"no-data-available", "none", "n/a"}
_ENTITIES = {"person": "person", "organisation": "organisation", "geoarea": "place", "poi": "place"}


class ContentMeta:
    """What an item says of its content; ``asserted`` are the concepts that it describes by their codes."""

    def __init__(self, item: Any) -> None:
        self.item = item
        self.nitf = next(descendants(item, "nitf"), None)
        self.language = self._language()
        self.asserted = {
            full_concept_code(element): [element] for element in find_elements(item, "assert")
        }

    def headline(self) -> str:
        """Return the main headline, else NITF's, else any other, else the item's title."""
        headline = self.first_headline("", "main", "headline")
        if not headline and self.nitf is not None:
            headline = nitf.headline_of(self.nitf)
        return headline or self.first_headline() or first_line(self.item, "itemMeta/title")

    def first_headline(self, *roles: str) -> str:
        """Return the first headline in one of ``roles``, the item's language first; without any, in no odd one."""
        elements = sorted(find_elements(self.item, "contentMeta/headline"), key=self.is_foreign)
        for element in elements:
            role = last_part(element.get("role", ""))
            if (role in roles if roles else role not in _NO_HEADLINES) and (
                headline := element_line(element)
            ):
                return headline
        return ""

    def description(self) -> str:
        """Return the first description of the text, else the subheadline, else NITF's abstract."""
        described = sorted(find_elements(self.item, "contentMeta/description"), key=self.is_foreign)
        dek = next(
            (
                element_line(description)
                for description in described
                if last_part(description.get("role", "")) not in _NO_DEKS
            ),
            "",
        )
        if not dek:
            dek = self.first_headline("subheadline", "subheading", "sub")
        if not dek and self.nitf is not None:
            dek = nitf.abstract_of(self.nitf)
        return dek

    def bylines(self) -> Iterator[ParsedName]:
        """Yield who signed the item, else who made it; what is all in small letters is a login."""
        lines = [element_line(element) for element in find_elements(self.item, "contentMeta/by")]
        lines = lines[:1] or [
            self.name_of(element) for element in find_elements(self.item, "contentMeta/creator")
        ]
        names = [name for line in lines if not line.islower() for name in byline_names(line)]
        yield from names or (nitf.bylines_of(self.nitf) if self.nitf is not None else ())

    def dateline(self) -> str:
        """Return the place: where it is located, else what is printed there, else NITF's."""
        located = (
            self.name_of(element) for element in find_elements(self.item, "contentMeta/located")
        )
        dateline_text = first_line(self.item, "contentMeta/dateline")
        printed_place = dateline_place(dateline_text)
        inline = nitf.dateline_of(self.nitf) if self.nitf is not None else ""
        return next(filter(None, located), "") or printed_place or inline

    def credit(self, signature: str) -> str:
        """Return the nearest source: the line, the source, the signature, whose it is, who sent it."""
        inline = nitf.credit_of(self.nitf) if self.nitf is not None else ""
        candidates = [first_line(self.item, "contentMeta/creditline"), inline]
        candidates += map(self._source, find_elements(self.item, "contentMeta/infoSource"))
        candidates.append(signature)
        for path in ("rightsInfo/copyrightHolder", "itemMeta/provider"):
            candidates += map(self._source, find_elements(self.item, path))
        credit = first_credit(candidates).strip(" -\u2013\u2014")
        return find_agency(credit) or credit

    def _source(self, element: Any) -> str:
        return self.name_of(element) or find_agency(concept_code(element))

    def subjects(self, *kinds: str) -> Iterator[str]:
        """Yield the names of the subjects of these kinds: person, organisation, place, topic."""
        for subject in find_elements(self.item, "contentMeta/subject"):
            kind = _ENTITIES.get(last_part(subject.get("type", "")), "topic")
            if kind in kinds and (
                subject.get("literal") is None or list(find_elements(subject, "name"))
            ):
                yield self.name_of(subject)

    def coded_topics(self) -> Iterator[tuple[str, str]]:
        """Yield the topics that have a code of IPTC's, each with its code."""
        for subject in find_elements(self.item, "contentMeta/subject"):
            code = next(
                filter(None, map(iptc_code, map(subject.get, ("qcode", "uri"), ("", "")))), ""
            )
            for tag in prefixed_tags("topic", iter([self.name_of(subject)] if code else []), []):
                yield tag, code

    def name_of(self, element: Any) -> str:
        """Return the name of what ``element`` means: its own, that of its assertion, or the word it is."""
        elements = [element, *self.asserted.get(full_concept_code(element), ())]
        names = [
            name_element for about in elements for name_element in find_elements(about, "name")
        ]
        lines = (element_line(name_element) for name_element in sorted(names, key=self.is_foreign))
        name = next(filter(None, lines), "") or " ".join(element.get("literal", "").split())
        return "" if name.casefold() in _UNKNOWN else name

    def is_foreign(self, element: Any) -> bool:
        """Tell whether ``element`` says that it is in another language than the item."""
        own, item_language = (
            tag.casefold().partition("-")[0] for tag in (element_language(element), self.language)
        )
        return bool(own and item_language and own != item_language)

    def _language(self) -> str:
        tags = (
            element.get("tag", "") for element in find_elements(self.item, "contentMeta/language")
        )
        return (next(filter(None, tags), "") or element_language(self.item)).replace("_", "-")
