"""The header of an agency's message, of whichever kind, and the time at which the message went out.

IPTC 7901 (``SOH header STX text ETX time``), ANPA 1312 (1984), ``ZCZC`` and its marked lines, a media release.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from articles.importing.formats.common.bylines import read_byline
from articles.text import wire_copy
from articles.text.characters import printable
from articles.text.names.agencies import find_agency

from .lines import clean_line
from .versions import is_embargo, is_version_mark

_LINE = re.compile(r"([^\r\n]*)(?:\r\n?|\n|\Z)")
_IPTC = re.compile(r"([A-Za-z]{1,6}\d{2,6}) +\d +(\w{1,3}) +\d+(.*)")
_ANPA = re.compile(r"\w{1,2} (\w)[\x11-\x14 ]{1,3}.*")
_ZCZC = re.compile(r"ZCZC.*|\$[A-Za-z]?|&\w?|\*[A-Z]?|\+\d*|%.*|YY .*|(?=\w*[\d_])[A-Z\d_/]{6,}|")
_RELEASE = re.compile(r"(?:Source:([^\r\n]*)\s+)?MEDIA RELEASE (PR\s?\d+)[^\r\n]*")
_NOTE = re.compile(r"Eds\b|Editors?:|EDITOR['’]?S NOTE|AP (?:Photo|Graphic|Video|Audio)")
_TIME = re.compile(r"(\d\d)(\d{4}) ?([A-Z]{1,4})? ?([A-Za-z]{3})[a-z]* (\d\d)\b")
_ANPA_TIME = re.compile(r"(\d\d-\d\d-\d\d \d{4}) ?([A-Z]{1,4})?")
_HOURS = {"GMT": 0, "UTC": 0, "UT": 0, "Z": 0, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2}
_SECTIONS = {"f": "Business", "s": "Sport", "e": "Entertainment", "i": "International"}
_SECTIONS |= {"pl": "Politics", "wi": "Business", "sp": "Sport", "ku": "Culture"}


class AgencyHeader:
    """The header of one message; the story stands in ``text`` from ``start`` to ``end``."""

    def __init__(self, text: str, ref: str) -> None:
        self.text, self.start, self.end = text, 0, len(text)
        self.fields: dict[str, Any] = {"ref": ref}
        self.slug = ""
        self.notes: list[str] = []
        self.story_lines: list[str] = []  # the header's lines that are story

    def read(self) -> None:
        """Read the header of whichever kind it is."""
        self.start = len(self.text) - len(self.text.lstrip("\ufeff\0\x16\x7f \t\r\n"))
        if self.text[self.start : self.start + 1] in ("\x01", "\x02"):
            self._between_controls()
        elif self.text.startswith(("ZCZC", "%"), self.start):
            self._zczc()
        elif release := _RELEASE.match(self.text, self.start):
            self._release(release)

    def _between_controls(self) -> None:
        """Read ``SOH header STX text ETX time``; without STX the header is one line."""
        stx, etx = self.text.find("\x02", self.start), self.text.rfind("\x03")
        opens = stx if stx >= 0 else next(self._lines())[1]
        lines = re.split(r"[\r\n]+", self.text[self.start : opens].strip("\x01\r\n"))
        self.start, day = opens, ""
        if etx > opens:
            self.end, day = etx, self._time(self.text[etx:])
        if iptc := _IPTC.fullmatch(clean_line(lines[0])):
            self._iptc(iptc, [clean_line(line) for line in lines[1:]])
            number = iptc[1]
        elif stx >= 0 and "\x1f" in lines[0]:
            self._anpa(lines)
            number = self.slug or clean_line(lines[0])
        else:
            cells, number = [clean_line(word) for word in " ".join(lines).split("\x1f")], ""
            self.notes.append(" ".join(cells))
            cells[0] = wire_copy.proper_case(cells[0].rpartition(": ")[2])
            if cells[0]:
                self.fields |= {"headline": " ".join(cells[:2]), "is_headline_derived": True}
        if number and day:
            self.fields["ref"] = f"{number}/{day}"

    def _iptc(self, head: re.Match[str], slug: list[str]) -> None:
        """Read the header of IPTC 7901 and the headline, which ends with ``=``."""
        self.slug = " ".join(slug).strip("/ ")
        self._section(head[2])
        if signed := next(filter(None, map(find_agency, head[3].split())), ""):
            self.fields["credit"] = signed
        headline_lines: list[str] = []
        for number, (_, end, line) in enumerate(self._lines()):
            if number > 6 or headline_lines and not clean_line(line):
                return
            headline_lines += [clean_line(line)] if clean_line(line) else []
            if printable(line).rstrip().endswith("="):
                self.fields["headline"], self.start = " ".join(headline_lines), end
                return

    def _anpa(self, head: list[str]) -> None:
        """Read the header of ANPA 1312 and the lines with a caret above the story."""
        if len(head) > 1 and (second := _ANPA.fullmatch(head[1])):
            self._section(second[1])
        for _, end, line in self._lines():
            bare = clean_line(line)
            if bare and not bare.startswith("^"):
                return
            self.start = end
            self._caret_line(bare.rpartition("^")[2].strip())

    def _caret_line(self, line: str) -> None:
        if not line or line == self.slug:
            return
        if not self.slug:
            slug_parts = [word.strip() for word in re.sub(r",\d*\Z", "", line).split(",")]
            self.slug = ", ".join(word for word in slug_parts if not is_version_mark(word))
            self.notes += [word for word in slug_parts if is_version_mark(word)]
        elif _NOTE.match(line) or is_embargo(line):
            self.notes.append(line)
        elif signed := find_agency(re.sub(r"\ABy ", "", line)):
            self.fields["credit"] = signed
        elif names := wire_copy.parse_byline(line):
            self.fields["bylines"] = read_byline("; ".join(names))
        elif "headline" not in self.fields:
            self.fields["headline"] = line
        else:
            self.story_lines.append(line)

    def _zczc(self) -> None:
        """Read the marked lines after ZCZC: ``^`` headline, ``#``, ``:`` and ``=`` slug, ``@`` and ``~`` codes."""
        slugs: list[str] = []
        for _, end, line in self._lines():
            bare = clean_line(line)
            if line.strip()[:1] == "^":
                self.fields["headline"] = bare.strip("^ ")
            elif line.strip()[:1] in tuple("#:=@~"):
                slugs.append(line.strip().strip("#:=@~ "))
            elif _ZCZC.fullmatch(bare):
                slugs.append(bare.partition("#")[2] if bare[:1] == "%" else "")
            else:
                break
            self.start = end
        self.slug = printable(", ".join(filter(None, slugs)))

    def _release(self, match: re.Match[str]) -> None:
        """Read who sent a media release, its number, and its headline, which a blank line ends."""
        self.fields |= {"ref": match[2].replace(" ", ""), "credit": (match[1] or "").strip()}
        self.notes.append(f"Media release {match[2]}")
        self.start, lines = match.end(), list[str]()
        for _, end, line in self._lines():
            if lines and not clean_line(line):
                break
            lines += [clean_line(line)] if clean_line(line) else []
            self.start = end
        self.fields["headline"] = " ".join(lines)

    def _lines(self) -> Iterator[tuple[int, int, str]]:
        """Yield where each line of the story begins, where the next one does, and its words."""
        for line in _LINE.finditer(self.text, self.start, self.end):
            yield line.start(), line.end(), line[1]

    def _section(self, code: str) -> None:
        if section := _SECTIONS.get(code.casefold()):
            self.fields["tags"] = (f"section:{section}",)

    def _time(self, text: str) -> str:
        """Read the moment at which a message went out and return its day; one of an unknown zone is only a note."""
        if anpa := _ANPA_TIME.search(text):
            date_text, pattern, zone = anpa[1], "%m-%d-%y %H%M", anpa[2]
        elif iptc := _TIME.search(text):
            date_text, pattern, zone = (
                f"{iptc[1]} {iptc[4]} {iptc[5]} {iptc[2]}",
                "%d %b %y %H%M",
                iptc[3],
            )
        else:
            return ""
        try:
            local_time = datetime.strptime(date_text, pattern)
        except ValueError:
            return ""
        if zone in _HOURS:
            sent = (local_time - timedelta(hours=_HOURS[zone])).replace(tzinfo=UTC)
            self.fields |= {"published_at": sent, "version": sent.isoformat()}
        else:
            self.notes.append(f"Date as sent: {date_text} {zone or ''}".strip())
        return local_time.date().isoformat()
