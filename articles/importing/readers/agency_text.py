"""Agency text with a header of its own: IPTC 7901, ANPA 1312 (1984), ``ZCZC`` messages and media releases."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any, BinaryIO

from articles.importing.bylines import read_byline
from articles.importing.parsed import ParsedArticle, Refused
from articles.importing.readers import plain_text
from articles.text import wires
from articles.text.agencies import agency
from articles.text.chars import printable
from articles.text.dates import parse_printed
from articles.text.encoding import decode, is_binary
from articles.text.paragraphs import split

NAME = "agency-text"
LIMIT = 10_000_000  # bytes

_END = re.compile(rb"(?:\x04|[\r\n]NNNN(?=\s|\Z)|[\r\n](?=\x16{0,8}\x01))")
_BLANKS = bytes(range(33)) + b"\x7f"
_LINE = re.compile(r"([^\r\n]*)(?:\r\n?|\n|\Z)")
_MARKER = re.compile(r"(?:[<=]!?|(?<=\s)\+|(?<=[.!?])-)\Z")  # how a wire ends a line
_RULE = re.compile(r"[\W_]*|NNNN")
_IPTC = re.compile(r"([A-Za-z]{1,6}\d{2,6}) +\d +(\w{1,3}) +\d+(.*)")
_ANPA = re.compile(r"\w{1,2} (\w)[\x11-\x14 ]{1,3}.*")
_ZCZC = re.compile(r"ZCZC.*|\$[A-Za-z]?|&\w?|\*[A-Z]?|\+\d*|%.*|YY .*|(?=\w*[\d_])[A-Z\d_/]{6,}|")
_RELEASE = re.compile(r"(?:Source:([^\r\n]*)\s+)?MEDIA RELEASE (PR\s?\d+)[^\r\n]*")
_PLACE = re.compile(r"([^\d/]{2,80}), ([^/,]{3,12}(?:, ?\d{4})?) ?/[^/]{2,60}/(?: ?--)?\s*")
_VERSION = (
    r"(?:\d{1,2}(?:st|nd|rd|th) (?:ld|lead|add|sub|writethru)(?:-\w+)?|(?:ld-)?writethru|refile|extra|urgent"
    r"|update(?: \d+)?|lead|correct(?:ion|ed|s)?|clarification|bulletin|flash|advisory|withhold"
    r"|(?:bulletin |mandatory )?kill|withdrawal|elimination)"
)
_IN_SLUG = re.compile(rf"{_VERSION}(?: .*)?", re.IGNORECASE)
_IN_HEADLINE = re.compile(rf"{_VERSION}[: -]+(?=\S)", re.IGNORECASE)
_KILL = re.compile(r"(?i)(?:bulletin |mandatory )?(?:kill|withdrawal|elimination)")
_HELD = re.compile(r"(?i)advisory|withhold")
_EMBARGO = re.compile(r"(?i)\W*(?:embargoed|embargo(?: until|:)|hold for release|sperrfrist)")
_NOTE = re.compile(r"Eds\b|Editors?:|EDITOR['’]?S NOTE|AP (?:Photo|Graphic|Video|Audio)")
_NOTEBOOK = re.compile(r"(?im)^(?:#+ .{0,40}notebook\s*$|.{0,20}the following information is not )")
_SIGN_OFF = re.compile(r"([A-Za-z]{2,8})(?:(?: [a-z/]{2,8}){1,6}| [A-Z]{3,12})")
_TIME = re.compile(r"(\d\d)(\d{4}) ?([A-Z]{1,4})? ?([A-Za-z]{3})[a-z]* (\d\d)\b")
_ANPA_TIME = re.compile(r"(\d\d-\d\d-\d\d \d{4}) ?([A-Z]{1,4})?")
_HOURS = {"GMT": 0, "UTC": 0, "UT": 0, "Z": 0, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2}
_SECTIONS = {"f": "Business", "s": "Sport", "e": "Entertainment", "i": "International"}
_SECTIONS |= {"pl": "Politics", "wi": "Business", "sp": "Sport", "ku": "Culture"}


def identify(head: bytes, name: str) -> bool:
    """Tell whether a file begins as agencies' messages do: SOH or STX, ZCZC, ``%A #``, or a release's number."""
    return bool(plain_text.AGENCY_TEXT.match(head)) and not is_binary(head)


def read(stream: BinaryIO, name: str) -> Iterator[ParsedArticle | Refused]:
    """Yield one outcome a message of ``stream``; its ref is slug or number with the day, else ``name``."""
    data = stream.read(LIMIT + 1)
    if len(data) > LIMIT:
        yield Refused("1", "file", "the file has more than 10 MB", "Split it at its messages.")
        return
    ends = [0, *(found.end() for found in _END.finditer(data)), len(data)]
    cuts = (data[begin:end] for begin, end in zip(ends, ends[1:], strict=False))
    parts = [one for one in cuts if one.translate(None, _BLANKS) not in (b"", b"NNNN")]
    for number, part in enumerate(parts, 1):
        if is_binary(part):
            yield Refused(str(number), "file", "the message is not text", "Leave it out.", part)
        else:
            message = _Message(decode(part)[0], name if number == 1 else f"{name}#{number}")
            yield message.parsed(str(number), part)
    if not parts:
        yield Refused("1", "file", "the file is empty", "Export it again or leave it out.", data)


def _bare(line: str) -> str:
    """Return a line without control characters and without the mark that ends it."""
    return _MARKER.sub("", printable(line).rstrip()).strip()


class _Message:
    """One message on its way: its story stands in ``text`` from ``start`` to ``end``."""

    def __init__(self, text: str, ref: str) -> None:
        self.text, self.start, self.end = text, 0, len(text)
        self.fields: dict[str, Any] = {"ref": ref}
        self.slug = ""
        self.notes: list[str] = []
        self.removed: list[str] = []
        self.lead: list[str] = []  # the header's lines that are story

    def parsed(self, record: str, data: bytes) -> ParsedArticle | Refused:
        """Read the header; what is left is a plain text, with title, dateline and credit as those have them."""
        self._head()
        if notebook := _NOTEBOOK.search(self.text, self.start, self.end):
            self.removed.append(_bare(" ".join(self.text[notebook.start() : self.end].split())))
            self.end = notebook.start()
        paragraphs = self.lead + self._paragraphs()
        self._take_ends(paragraphs)
        self._take_place(paragraphs)
        self._judge(paragraphs)
        head = f"Id: -\nHeadline: {self.fields.get('headline', '')}"
        text = "\n\n".join([head, *paragraphs])
        [story] = plain_text.read(BytesIO(text.encode()), "")
        if isinstance(story, Refused):
            return replace(story, record=record, original=data)
        self.fields.setdefault("credit", story.credit)
        notes = "\n".join(filter(None, [f"Slug: {self.slug}" * bool(self.slug), *self.notes]))
        own: dict[str, Any] = {"record": record, "original": data, "body_map": (), "ed_note": notes}
        return replace(story, removed=(*story.removed, *self.removed), **own, **self.fields)

    def _head(self) -> None:
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
        if iptc := _IPTC.fullmatch(_bare(lines[0])):
            self._iptc(iptc, [_bare(line) for line in lines[1:]])
            number = iptc[1]
        elif stx >= 0 and "\x1f" in lines[0]:
            self._anpa(lines)
            number = self.slug or _bare(lines[0])
        else:
            words, number = [_bare(word) for word in " ".join(lines).split("\x1f")], ""
            self.notes.append(" ".join(words))
            words[0] = wires.proper_case(words[0].rpartition(": ")[2])
            if words[0]:
                self.fields |= {"headline": " ".join(words[:2]), "is_headline_derived": True}
        if number and day:
            self.fields["ref"] = f"{number}/{day}"

    def _iptc(self, head: re.Match[str], slug: list[str]) -> None:
        """Read the header of IPTC 7901 and the headline, which ends with ``=``."""
        self.slug = " ".join(slug).strip("/ ")
        self._section(head[2])
        if signed := next(filter(None, map(agency, head[3].split())), ""):
            self.fields["credit"] = signed
        found: list[str] = []
        for number, (_, end, line) in enumerate(self._lines()):
            if number > 6 or found and not _bare(line):
                return
            found += [_bare(line)] if _bare(line) else []
            if printable(line).rstrip().endswith("="):
                self.fields["headline"], self.start = " ".join(found), end
                return

    def _anpa(self, head: list[str]) -> None:
        """Read the header of ANPA 1312 and the lines with a caret above the story."""
        if len(head) > 1 and (second := _ANPA.fullmatch(head[1])):
            self._section(second[1])
        for _, end, line in self._lines():
            bare = _bare(line)
            if bare and not bare.startswith("^"):
                return
            self.start = end
            self._caret_line(bare.rpartition("^")[2].strip())

    def _caret_line(self, line: str) -> None:
        if not line or line == self.slug:
            return
        if not self.slug:
            words = [word.strip() for word in re.sub(r",\d*\Z", "", line).split(",")]
            self.slug = ", ".join(word for word in words if not _IN_SLUG.fullmatch(word))
            self.notes += [word for word in words if _IN_SLUG.fullmatch(word)]
        elif _NOTE.match(line) or _EMBARGO.match(line):
            self.notes.append(line)
        elif signed := agency(re.sub(r"\ABy ", "", line)):
            self.fields["credit"] = signed
        elif names := wires.byline(line):
            self.fields["bylines"] = read_byline("; ".join(names))
        elif "headline" not in self.fields:
            self.fields["headline"] = line
        else:
            self.lead.append(line)

    def _zczc(self) -> None:
        """Read the marked lines after ZCZC: ``^`` headline, ``#``, ``:`` and ``=`` slug, ``@`` and ``~`` codes."""
        slugs: list[str] = []
        for _, end, line in self._lines():
            bare = _bare(line)
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

    def _release(self, found: re.Match[str]) -> None:
        """Read who sent a media release, its number, and its headline, which a blank line ends."""
        self.fields |= {"ref": found[2].replace(" ", ""), "credit": (found[1] or "").strip()}
        self.notes.append(f"Media release {found[2]}")
        self.start, lines = found.end(), list[str]()
        for _, end, line in self._lines():
            if lines and not _bare(line):
                break
            lines += [_bare(line)] if _bare(line) else []
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
            said, form, zone = anpa[1], "%m-%d-%y %H%M", anpa[2]
        elif iptc := _TIME.search(text):
            said, form, zone = f"{iptc[1]} {iptc[4]} {iptc[5]} {iptc[2]}", "%d %b %y %H%M", iptc[3]
        else:
            return ""
        try:
            moment = datetime.strptime(said, form)
        except ValueError:
            return ""
        if zone in _HOURS:
            sent = (moment - timedelta(hours=_HOURS[zone])).replace(tzinfo=UTC)
            self.fields |= {"published_at": sent, "version": sent.isoformat()}
        else:
            self.notes.append(f"Date as sent: {said} {zone or ''}".strip())
        return moment.date().isoformat()

    def _paragraphs(self) -> list[str]:
        """Return the story's paragraphs; a line that ends long before the others do, or is marked, is one."""
        found = split(self.text[: self.end], self.start)
        lengths = [end - begin for one in found for begin, end in one.spans]
        longest = max((length for length in lengths if length <= 90), default=0)
        paragraphs: list[list[str]] = []
        for one in found:
            is_open = False
            lines = [printable(self.text[begin:end]).rstrip() for begin, end in one.spans]
            for line, after in zip(lines, [*lines[1:], ""], strict=True):
                words = _bare(line).lstrip("^").strip()
                if not is_open:
                    paragraphs.append([])
                paragraphs[-1] += [] if _RULE.fullmatch(words) else [words]
                word = after.lstrip().partition(" ")[0]
                is_long = longest >= 50 and len(line) + len(word) >= 0.75 * longest
                is_open = is_long and not _MARKER.search(line) and word not in ("•", "*", "-")
        return [" ".join(lines) for lines in paragraphs if lines]

    def _take_ends(self, paragraphs: list[str]) -> None:
        """Take desk marks as ``AAP RESULTS`` and ``dpa wsz jln``, and a release's source, off the end."""
        while len(paragraphs) > 1:
            signed = _SIGN_OFF.fullmatch(paragraphs[-1])
            name = agency(signed[1]) if signed else ""
            source = re.fullmatch(r"source:? +(.*)", paragraphs[-1], re.IGNORECASE)
            if not name and not (source and source[1] == self.fields.get("credit")):
                return
            self.fields.setdefault("credit", name)
            self.removed.append(paragraphs.pop())

    def _take_place(self, paragraphs: list[str]) -> None:
        """Take the place and the day of ``OSLO, Norway, Feb. 1, 2017 /PRNewswire-AsiaNet/ --`` off the beginning."""
        found = _PLACE.match(paragraphs[0]) if paragraphs else None
        if not found:
            return
        paragraphs[:1] = [rest] if (rest := paragraphs[0][found.end() :]) else []
        if paragraphs[:1] == [self.fields.get("headline")]:
            del paragraphs[0]
        self.fields["dateline"] = wires.proper_case(found[1].strip())
        if day := parse_printed(found[2]):
            self.fields |= {"published_at": day[0], "date_precision": day[1]}

    def _judge(self, paragraphs: list[str]) -> None:
        """Move the version's words from the headline to the notes; hold back what is killed or under embargo."""
        headline = self.fields.get("headline", "")
        found = _IN_HEADLINE.match(headline)
        if found and found[0].isupper() and not headline.isupper():
            self.notes.append(found[0].strip(" :-"))
            self.fields["headline"] = headline[found.end() :]
        opening = filter(_EMBARGO.match, (headline, *self.notes, *paragraphs[:3]))
        self.notes += (embargo := [f"Embargo as sent: {line[:200]}" for line in opening])
        if any(_KILL.match(note) for note in self.notes):
            self.fields["pub_status"] = "canceled"
        elif embargo or any(_HELD.match(note) for note in self.notes):
            self.fields["pub_status"] = "withheld"
