"""One message of an agency -> its story: what stands between the header and the desk's marks at the end."""

import re
from dataclasses import replace
from io import BytesIO
from typing import Any

from articles.importing.formats.plain_text import reader as plain_text
from articles.importing.formats.types import ParsedArticle, RejectedRecord
from articles.text import wire_copy
from articles.text.characters import printable
from articles.text.dates import parse_printed
from articles.text.names.agencies import find_agency
from articles.text.paragraphs import split_paragraphs

from .header import AgencyHeader
from .lines import clean_line, has_end_mark
from .versions import is_embargo, split_version_mark, version_status

_RULE = re.compile(r"[\W_]*|NNNN")
_PLACE = re.compile(r"([^\d/]{2,80}), ([^/,]{3,12}(?:, ?\d{4})?) ?/[^/]{2,60}/(?: ?--)?\s*")
_NOTEBOOK = re.compile(r"(?im)^(?:#+ .{0,40}notebook\s*$|.{0,20}the following information is not )")
_SIGN_OFF = re.compile(r"([A-Za-z]{2,8})(?:(?: [a-z/]{2,8}){1,6}| [A-Z]{3,12})")


class AgencyMessage:
    """One message on its way to a story; ``notes`` are for the editors, ``removed`` is not for readers."""

    def __init__(self, text: str, ref: str) -> None:
        self.header = AgencyHeader(text, ref)
        self.header.read()
        self.fields, self.notes = self.header.fields, self.header.notes
        self.removed: list[str] = []

    def parse(self, record: str, data: bytes) -> ParsedArticle | RejectedRecord:
        """Read what the header leaves: a plain text, with title, dateline and credit as those have them."""
        header = self.header
        if notebook := _NOTEBOOK.search(header.text, header.start, header.end):
            self.removed.append(
                clean_line(" ".join(header.text[notebook.start() : header.end].split()))
            )
            header.end = notebook.start()
        paragraphs = header.story_lines + self._paragraphs()
        self._take_ends(paragraphs)
        self._take_place(paragraphs)
        self._set_pub_status(paragraphs)
        head = f"Id: -\nHeadline: {self.fields.get('headline', '')}"
        text = "\n\n".join([head, *paragraphs])
        [story] = plain_text.READER.read(BytesIO(text.encode()), "")
        if isinstance(story, RejectedRecord):
            return replace(story, record=record, original=data)
        self.fields.setdefault("credit", story.credit)
        notes = "\n".join(filter(None, [f"Slug: {header.slug}" * bool(header.slug), *self.notes]))
        own: dict[str, Any] = {"record": record, "original": data, "body_map": (), "ed_note": notes}
        return replace(story, removed=(*story.removed, *self.removed), **own, **self.fields)

    def _paragraphs(self) -> list[str]:
        """Return the story's paragraphs; a line that ends long before the others do, or is marked, is one."""
        text = self.header.text
        blocks = split_paragraphs(text[: self.header.end], self.header.start)
        lengths = [end - begin for block in blocks for begin, end in block.spans]
        longest = max((length for length in lengths if length <= 90), default=0)
        paragraphs: list[list[str]] = []
        for block in blocks:
            is_open = False
            lines = [printable(text[begin:end]).rstrip() for begin, end in block.spans]
            for line, after in zip(lines, [*lines[1:], ""], strict=True):
                bare = clean_line(line).lstrip("^").strip()
                if not is_open:
                    paragraphs.append([])
                paragraphs[-1] += [] if _RULE.fullmatch(bare) else [bare]
                word = after.lstrip().partition(" ")[0]
                is_long = longest >= 50 and len(line) + len(word) >= 0.75 * longest
                is_open = is_long and not has_end_mark(line) and word not in ("•", "*", "-")
        return [" ".join(lines) for lines in paragraphs if lines]

    def _take_ends(self, paragraphs: list[str]) -> None:
        """Take desk marks as ``AAP RESULTS`` and ``dpa wsz jln``, and a release's source, off the end."""
        while len(paragraphs) > 1:
            signed = _SIGN_OFF.fullmatch(paragraphs[-1])
            name = find_agency(signed[1]) if signed else ""
            source = re.fullmatch(r"source:? +(.*)", paragraphs[-1], re.IGNORECASE)
            if not name and not (source and source[1] == self.fields.get("credit")):
                return
            self.fields.setdefault("credit", name)
            self.removed.append(paragraphs.pop())

    def _take_place(self, paragraphs: list[str]) -> None:
        """Take the place and the day of ``OSLO, Norway, Feb. 1, 2017 /PRNewswire-AsiaNet/ --`` off the beginning."""
        match = _PLACE.match(paragraphs[0]) if paragraphs else None
        if not match:
            return
        paragraphs[:1] = [rest] if (rest := paragraphs[0][match.end() :]) else []
        if paragraphs[:1] == [self.fields.get("headline")]:
            del paragraphs[0]
        self.fields["dateline"] = wire_copy.proper_case(match[1].strip())
        if day := parse_printed(match[2]):
            self.fields |= {"published_at": day[0], "date_precision": day[1]}

    def _set_pub_status(self, paragraphs: list[str]) -> None:
        """Move the version's words from the headline to the notes; hold back what is killed or under embargo."""
        headline = self.fields.get("headline", "")
        mark, rest = split_version_mark(headline)
        if mark:
            self.notes.append(mark)
            self.fields["headline"] = rest
        embargo_lines = filter(is_embargo, (headline, *self.notes, *paragraphs[:3]))
        self.notes += (embargo := [f"Embargo as sent: {line[:200]}" for line in embargo_lines])
        pub_status = version_status(self.notes, is_embargoed=bool(embargo))
        if pub_status != "usable":
            self.fields["pub_status"] = pub_status
