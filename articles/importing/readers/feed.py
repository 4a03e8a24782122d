"""RSS 0.9x, 1.0 (RDF) and 2.0, Atom 0.3 and 1.0, read by feedparser, which tells its bytes and nothing of the network.

Sources: https://www.rssboard.org/rss-specification, https://web.resource.org/rss/1.0/spec, RFC 4287,
https://feedparser.readthedocs.io/. A feed is read whole (32 MB at most). Nothing that it points to is fetched.
"""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

import feedparser

from articles.importing.bylines import read_byline
from articles.importing.feed_fields import (
    absolute,
    body_of,
    language_of,
    length,
    line,
    list_of,
    moment,
    picture_of,
    ref_of,
    stamp,
    text_of,
    title_of,
    with_absolute_links,
    without_more,
)
from articles.importing.feed_text import LIMIT, FeedText, read_text
from articles.importing.markup import story_part, take_dateline, without_headline
from articles.importing.parsed import ParsedArticle, ParsedName, ReadError, Refused
from articles.importing.safe_xml import root_of
from articles.importing.unfit import Unfit
from articles.importing.xml_fields import as_dek, as_tags, part_agencies
from articles.text.dates import Precision
from articles.text.html import sanitise

from . import wxr

NAME = "feed"

_RDF = (b"purl.org/rss/1.0/", b"my.netscape.com/rdf/simple/0.9/", b"purl.org/net/rss1.1")
_KIND = "/kind#"  # of the entries of a Blogger export
_KINDS = {"section", "place", "series"}
_MEDIA_TOPICS = "cv.iptc.org/newscodes/mediatopic"
_SHORT, _CREDIT_LIMIT, _NAME_LIMIT = 1000, 160, 200  # letters


def identify(head: bytes, name: str) -> bool:
    """Tell whether a file is a feed, by its root; an export of WordPress is not."""
    local, space = root_of(head)
    if local == "rss":
        return not wxr.identify(head, name)
    if local in ("feed", "entry"):
        return "atom" in space.lower() or (not space and local == "feed")
    return local == "RDF" and any(mark in head.replace(b"\0", b"") for mark in _RDF)


def read(stream: BinaryIO, name: str) -> Iterator[ParsedArticle | Refused]:
    """Yield one outcome an entry; its ref is its guid or id, else its link.

    Comments, pages and settings of a Blogger export are passed over. Raises ReadError when nothing can be read.
    """
    cut = read_text(stream.read(LIMIT + 1))
    found = _parsed(cut)
    fits = len(cut.entries) == len(found.entries)
    before, after = (cut.before.encode(), cut.after.encode()) if fits else (b"", b"")
    feed = _Feed(found, cut)
    for number, entry in enumerate(found.entries, 1):
        original = cut.entries[number - 1].encode() if fits else _serialised(entry)
        try:
            if fits and cut.is_cut_off and number == len(found.entries):
                raise Unfit("file", "the feed ends in the middle of the entry", "Fetch it again.")
            one = _Entry(entry, feed)
            if one.is_story:
                yield one.parsed(str(number), original)
        except Unfit as error:
            yield Refused(
                str(number), error.field, str(error), error.remedy, original, before, after
            )


def _parsed(cut: FeedText) -> Any:
    """Return what feedparser makes of a feed. Raises ReadError when that is nothing."""
    # else a picture's caption could pass for the text
    text = cut.text.replace("<media:description", "<media:caption")
    data = text.replace("</media:description", "</media:caption").encode()
    if not data:
        raise ReadError("It is empty. Fetch it again.")
    try:  # a stream: bytes could be taken for the name of a file
        found = feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # of a program that is not ours: one bad feed ends nothing else
        raise ReadError(f"It is not a feed that can be read ({error}). Fetch it again.") from error
    if found.bozo and not found.entries:
        fault = found.get("bozo_exception")
        line_of = getattr(fault, "getLineNumber", lambda: None)()
        where = f", line {line_of}" if line_of else ""
        raise ReadError(
            f"It is not well-formed XML{where}, and no entry was found. Fetch it again."
        )
    return found


def _serialised(entry: Any) -> bytes:
    """Return the fields of an entry that could not be cut out, the same for the same entry."""
    return json.dumps(entry, sort_keys=True, default=str).encode()


class _Feed:
    """What a feed says of all its entries."""

    def __init__(self, found: Any, cut: FeedText) -> None:
        self.fields = found.feed
        self.is_atom = str(found.version).startswith("atom")
        self.link = absolute("", text_of(self.fields, "link"))
        self.title = title_of(self.fields)
        self.language = text_of(self.fields, "language")
        broken = "The feed is not well-formed: some of it may be missing."
        self.notes = [cut.note, broken if found.bozo else ""]

    def authors(self) -> list[str]:
        """Return the authors of entries that name none, which only Atom has; a paper's own name is none."""
        names = [text_of(one, "name") for one in list_of(self.fields, "authors") if self.is_atom]
        return [name for name in names if line(name) != self.title]


class _Entry:
    """One entry on its way; ``notes`` are for the editors."""

    def __init__(self, entry: Any, feed: _Feed) -> None:
        self.entry = entry
        self.feed = feed
        self.notes = list(filter(None, feed.notes))
        self.link = absolute(feed.link, text_of(entry, "link"))
        kinds = (text_of(one, "term") for one in list_of(entry, "tags"))
        self.kinds = [kind for kind in kinds if _KIND in kind]

    @property
    def is_story(self) -> bool:
        """Tell stories from the comments, pages and settings that Blogger exports as entries."""
        kind = text_of(self.entry, "blogger_type").casefold() or "post"
        return kind == "post" and all(one.endswith("#post") for one in self.kinds)

    def parsed(self, record: str, original: bytes) -> ParsedArticle:
        """Put the story together. Raises Unfit for one without text."""
        headline = title_of(self.entry)
        raw, summary, base = self._texts()
        markup, removed = story_part(raw)
        body_html = with_absolute_links(without_headline(sanitise(markup), headline), base)
        if not length(body_html):
            raise Unfit("body", "the entry has no text", "Write the story, or leave the entry out.")
        body_html, place, signed = take_dateline(body_html)
        published_at, precision = self._published()
        bylines, agencies = part_agencies(self._authors())
        dek = as_dek(summary, body_html, headline, self.notes)
        tags = tuple(self._tags())
        self.notes += [f"Stands at {self.link}"] if self.link else []
        return ParsedArticle(
            record=record,
            original=original,
            ref=ref_of(text_of(self.entry, "id"), self.link),
            version=self._stamp("updated"),
            headline=headline,
            dek=dek,
            body_html=body_html,
            bylines=bylines,
            dateline=place,
            credit=signed or agencies or self._source(),
            language=language_of(*self._languages()),
            published_at=published_at,
            date_precision=precision,
            pub_status="withheld" if self._is_draft() else "usable",
            tags=tags,
            qcodes=tuple(self._codes()),
            remote_picture=picture_of(self.entry, base),
            ed_note="\n".join(self.notes),
            removed=tuple(removed),
        )

    def _texts(self) -> tuple[str, str, str]:
        """Return the fullest text, the summary when that is another, and the address that links are relative to."""
        contents = list_of(self.entry, "content")
        summary = dict.get(self.entry, "summary_detail")
        if not isinstance(summary, dict):
            summary = {"value": text_of(self.entry, "summary"), "type": "text/html"}
        texts = [(body_of(one), one) for one in [*contents, summary]]
        lengths = [length(text) for text, _ in texts]
        lengths[-1] //= 2  # a summary is one, unless there is far more of it
        fullest = lengths.index(max(lengths))
        if fullest == len(contents) and self.link and length(texts[-1][0]) < _SHORT:
            self.notes.append("The feed may give only a summary of it.")
        body, part = texts[fullest]
        is_other = fullest < len(contents) and text_of(summary, "value") != text_of(part, "value")
        words = line(texts[-1][0]) if is_other else ""
        return body, without_more(words), self._base(part)

    def _base(self, part: Any) -> str:
        return absolute(self.feed.link, text_of(part, "base")) or self.feed.link

    def _published(self) -> tuple[Any, Precision]:
        """Return the date of publication; RSS 1.0 has only the date of the entry, which may be of a change."""
        for name in ("published", "created") if self.feed.is_atom else ("published", "updated"):
            if not (printed := text_of(self.entry, name)):
                continue
            if found := moment(printed, dict.get(self.entry, f"{name}_parsed")):
                only = "The date is that of the last change: the feed gives no other."
                self.notes += [only] if name == "updated" else []
                return found
            self.notes.append(f"Date as sent: {printed}")
        if self.feed.is_atom and (changed := self._stamp("updated")):
            self.notes.append(f"The feed says only when it was last changed: {changed}")
        return None, "minute"

    def _stamp(self, name: str) -> str:
        return stamp(text_of(self.entry, name), dict.get(self.entry, f"{name}_parsed"))

    def _authors(self) -> Iterator[ParsedName]:
        """Yield who wrote it; what could be an e-mail address is none."""
        names = [text_of(one, "name") for one in list_of(self.entry, "authors")]
        names = list(filter(None, names)) or [text_of(self.entry, "author")]
        for name in map(line, names if any(names) else self.feed.authors()):
            if "@" in name or len(name) > _NAME_LIMIT:
                self.notes += [] if "@" in name else [f"By: {name}"]
            else:
                yield from read_byline(name)

    def _source(self) -> str:
        """Return the paper that the entry comes from."""
        source = dict.get(self.entry, "source")
        title = title_of(source) if isinstance(source, dict) else ""
        credit = title or self.feed.title
        if len(credit) <= _CREDIT_LIMIT:
            return credit
        self.notes.append(f"Source: {credit}")
        return ""

    def _languages(self) -> Iterator[str]:
        for part in list_of(self.entry, "content"):
            yield text_of(part, "language")
        yield from (text_of(self.entry, "language"), self.feed.language)

    def _is_draft(self) -> bool:
        status = text_of(self.entry, "blogger_status").casefold() or "live"
        return text_of(self.entry, "app_draft", "draft").casefold() == "yes" or status != "live"

    def _tags(self) -> Iterator[str]:
        """Yield the categories; an address that names none goes by its label."""
        for one in list_of(self.entry, "tags"):
            if text_of(one, "term") in self.kinds:
                continue
            name = line(text_of(one, "label", "term"))
            scheme = text_of(one, "scheme").rstrip("/").rpartition("/")[2].casefold()
            kind = scheme if scheme in _KINDS else "topic"
            yield from as_tags(kind, iter([name] if "://" not in name else []), self.notes)

    def _codes(self) -> Iterator[tuple[str, str]]:
        """Yield the tags that have a code of the IPTC."""
        for one in list_of(self.entry, "tags"):
            name, code = line(text_of(one, "label")), text_of(one, "term").rpartition("/")[2]
            if _MEDIA_TOPICS in text_of(one, "scheme", "term") and name and code.isdigit():
                yield f"topic:{name}", f"medtop:{code}"
