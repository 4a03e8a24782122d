"""RSS 0.9x, 1.0 (RDF) and 2.0, Atom 0.3 and 1.0, read by feedparser, which tells its bytes and nothing of the network.

Sources: https://www.rssboard.org/rss-specification, https://web.resource.org/rss/1.0/spec, RFC 4287,
https://feedparser.readthedocs.io/. A feed is read whole (32 MB at most). Nothing that it points to is fetched.
"""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from articles.importing.formats.common.bylines import read_byline, split_agencies
from articles.importing.formats.common.markup import (
    extract_story_markup,
    strip_headline,
    take_dateline,
)
from articles.importing.formats.common.xml_fields import prefixed_tags, usable_dek
from articles.importing.formats.common.xml_records import xml_root_name
from articles.importing.formats.feed.fields import (
    absolute_url,
    content_html,
    dict_list,
    entry_picture,
    first_language,
    first_ref,
    first_text,
    parse_feed_date,
    plain_line,
    sortable_feed_date,
    strip_more_mark,
    title_of,
    visible_length,
    with_absolute_links,
)
from articles.importing.formats.feed.text import LIMIT, FeedText, parse_feed, read_feed_text
from articles.importing.formats.reader import Reader
from articles.importing.formats.types import (
    ParsedArticle,
    ParsedName,
    RecordError,
    RejectedRecord,
)
from articles.importing.formats.wordpress import reader as wxr
from articles.text.dates import Precision
from articles.text.html.sanitize import sanitise
from articles.text.messages import Message

_RDF = (b"purl.org/rss/1.0/", b"my.netscape.com/rdf/simple/0.9/", b"purl.org/net/rss1.1")
_KIND = "/kind#"  # of the entries of a Blogger export
_KINDS = {"section", "place", "series"}
_MEDIA_TOPICS = "cv.iptc.org/newscodes/mediatopic"
_SHORT, _CREDIT_LIMIT, _NAME_LIMIT = 1000, 160, 200  # letters


class FeedReader(Reader):
    """Reads RSS and Atom."""

    NAME = "feed"

    def identify(self, head: bytes, name: str) -> bool:
        """Tell whether a file is a feed, by its root; an export of WordPress is not."""
        local, space = xml_root_name(head)
        if local == "rss":
            return not wxr.READER.identify(head, name)
        if local in ("feed", "entry"):
            return "atom" in space.lower() or (not space and local == "feed")
        return local == "RDF" and any(mark in head.replace(b"\0", b"") for mark in _RDF)

    def read(self, stream: BinaryIO, name: str) -> Iterator[ParsedArticle | RejectedRecord]:
        """Yield one outcome an entry; its ref is its guid or id, else its link.

        Comments, pages and settings of a Blogger export are passed over. Raises ReadError when nothing can be read.
        """
        feed_text = read_feed_text(stream.read(LIMIT + 1))
        parsed_feed = parse_feed(feed_text)
        has_originals = len(feed_text.entries) == len(parsed_feed.entries)
        before, after = (
            (feed_text.before.encode(), feed_text.after.encode()) if has_originals else (b"", b"")
        )
        feed = _Feed(parsed_feed, feed_text)
        for number, entry in enumerate(parsed_feed.entries, 1):
            original = (
                feed_text.entries[number - 1].encode() if has_originals else _serialised(entry)
            )
            try:
                if has_originals and feed_text.is_cut_off and number == len(parsed_feed.entries):
                    raise RecordError(
                        "file",
                        Message("the feed ends in the middle of the entry", code="feed.truncated"),
                        "Fetch it again.",
                    )
                feed_entry = _Entry(entry, feed)
                if feed_entry.is_story:
                    yield feed_entry.parse(str(number), original)
            except RecordError as error:
                yield RejectedRecord(
                    str(number), error.field, error.reason, error.remedy, original, before, after
                )


READER = FeedReader()


def _serialised(entry: Any) -> bytes:
    """Return the fields of an entry that could not be cut out, the same for the same entry."""
    return json.dumps(entry, sort_keys=True, default=str).encode()


class _Feed:
    """What a feed says of all its entries."""

    def __init__(self, parsed_feed: Any, feed_text: FeedText) -> None:
        self.fields = parsed_feed.feed
        self.is_atom = str(parsed_feed.version).startswith("atom")
        self.link = absolute_url("", first_text(self.fields, "link"))
        self.title = title_of(self.fields)
        self.language = first_text(self.fields, "language")
        broken = "The feed is not well-formed: some of it may be missing."
        self.notes = [feed_text.note, broken if parsed_feed.bozo else ""]

    def authors(self) -> list[str]:
        """Return the authors of entries that name none, which only Atom has; a paper's own name is none."""
        names = [
            first_text(author, "name")
            for author in dict_list(self.fields, "authors")
            if self.is_atom
        ]
        return [name for name in names if plain_line(name) != self.title]


class _Entry:
    """One entry on its way; ``notes`` are for the editors."""

    def __init__(self, entry: Any, feed: _Feed) -> None:
        self.entry = entry
        self.feed = feed
        self.notes = list(filter(None, feed.notes))
        self.link = absolute_url(feed.link, first_text(entry, "link"))
        kinds = (first_text(tag, "term") for tag in dict_list(entry, "tags"))
        self.kinds = [kind for kind in kinds if _KIND in kind]

    @property
    def is_story(self) -> bool:
        """Tell stories from the comments, pages and settings that Blogger exports as entries."""
        kind = first_text(self.entry, "blogger_type").casefold() or "post"
        return kind == "post" and all(term.endswith("#post") for term in self.kinds)

    def parse(self, record: str, original: bytes) -> ParsedArticle:
        """Put the story together. Raises RecordError for one without text."""
        headline = title_of(self.entry)
        raw, summary, base = self._texts()
        markup, removed = extract_story_markup(raw)
        body_html = with_absolute_links(strip_headline(sanitise(markup), headline), base)
        if not visible_length(body_html):
            raise RecordError(
                "body",
                Message("the entry has no text", code="feed.no_text"),
                "Write the story, or leave the entry out.",
            )
        body_html, place, signed = take_dateline(body_html)
        published_at, precision = self._published()
        bylines, agencies = split_agencies(self._authors())
        dek = usable_dek(summary, body_html, headline, self.notes)
        tags = tuple(self._tags())
        self.notes += [f"Stands at {self.link}"] if self.link else []
        return ParsedArticle(
            record=record,
            original=original,
            ref=first_ref(first_text(self.entry, "id"), self.link),
            version=self._stamp("updated"),
            headline=headline,
            dek=dek,
            body_html=body_html,
            bylines=bylines,
            dateline=place,
            credit=signed or agencies or self._source(),
            language=first_language(*self._languages()),
            published_at=published_at,
            date_precision=precision,
            pub_status="withheld" if self._is_draft() else "usable",
            tags=tags,
            qcodes=tuple(self._codes()),
            remote_picture=entry_picture(self.entry, base),
            ed_note="\n".join(self.notes),
            removed=tuple(removed),
        )

    def _texts(self) -> tuple[str, str, str]:
        """Return the fullest text, the summary when that is another, and the address that links are relative to."""
        contents = dict_list(self.entry, "content")
        summary = dict.get(self.entry, "summary_detail")
        if not isinstance(summary, dict):
            summary = {"value": first_text(self.entry, "summary"), "type": "text/html"}
        texts = [(content_html(content), content) for content in [*contents, summary]]
        lengths = [visible_length(text) for text, _ in texts]
        lengths[-1] //= 2  # a summary is one, unless there is far more of it
        fullest = lengths.index(max(lengths))
        if fullest == len(contents) and self.link and visible_length(texts[-1][0]) < _SHORT:
            self.notes.append("The feed may give only a summary of it.")
        body, element = texts[fullest]
        is_other = fullest < len(contents) and first_text(summary, "value") != first_text(
            element, "value"
        )
        summary_line = plain_line(texts[-1][0]) if is_other else ""
        return body, strip_more_mark(summary_line), self._base(element)

    def _base(self, element: Any) -> str:
        return absolute_url(self.feed.link, first_text(element, "base")) or self.feed.link

    def _published(self) -> tuple[Any, Precision]:
        """Return the date of publication; RSS 1.0 has only the date of the entry, which may be of a change."""
        for name in ("published", "created") if self.feed.is_atom else ("published", "updated"):
            if not (date_text := first_text(self.entry, name)):
                continue
            if date := parse_feed_date(date_text, dict.get(self.entry, f"{name}_parsed")):
                note = "The date is that of the last change: the feed gives no other."
                self.notes += [note] if name == "updated" else []
                return date
            self.notes.append(f"Date as sent: {date_text}")
        if self.feed.is_atom and (changed := self._stamp("updated")):
            self.notes.append(f"The feed says only when it was last changed: {changed}")
        return None, "minute"

    def _stamp(self, name: str) -> str:
        return sortable_feed_date(
            first_text(self.entry, name), dict.get(self.entry, f"{name}_parsed")
        )

    def _authors(self) -> Iterator[ParsedName]:
        """Yield who wrote it; what could be an e-mail address is none."""
        names = [first_text(author, "name") for author in dict_list(self.entry, "authors")]
        names = list(filter(None, names)) or [first_text(self.entry, "author")]
        for name in map(plain_line, names if any(names) else self.feed.authors()):
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
        for content in dict_list(self.entry, "content"):
            yield first_text(content, "language")
        yield from (first_text(self.entry, "language"), self.feed.language)

    def _is_draft(self) -> bool:
        status = first_text(self.entry, "blogger_status").casefold() or "live"
        return first_text(self.entry, "app_draft", "draft").casefold() == "yes" or status != "live"

    def _tags(self) -> Iterator[str]:
        """Yield the categories; an address that names none goes by its label."""
        for tag in dict_list(self.entry, "tags"):
            if first_text(tag, "term") in self.kinds:
                continue
            name = plain_line(first_text(tag, "label", "term"))
            scheme = first_text(tag, "scheme").rstrip("/").rpartition("/")[2].casefold()
            kind = scheme if scheme in _KINDS else "topic"
            yield from prefixed_tags(kind, iter([name] if "://" not in name else []), self.notes)

    def _codes(self) -> Iterator[tuple[str, str]]:
        """Yield the tags that have a code of the IPTC."""
        for tag in dict_list(self.entry, "tags"):
            name, code = (
                plain_line(first_text(tag, "label")),
                first_text(tag, "term").rpartition("/")[2],
            )
            if _MEDIA_TOPICS in first_text(tag, "scheme", "term") and name and code.isdigit():
                yield f"topic:{name}", f"medtop:{code}"
