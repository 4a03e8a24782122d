"""The formats that come in: one module or package each, with its ``READER``; listed here by hand."""

from . import ap_media, email_message, mbox, reuters_sgml, substack
from .agency_text import reader as agency_text_reader
from .feed import json_feed
from .feed import reader as feed_reader
from .ghost import reader as ghost_reader
from .markdown import reader as markdown_reader
from .newsml_1 import reader as newsml_1_reader
from .newsml_g2 import reader as newsml_g2_reader
from .ninjs import reader as ninjs_reader
from .nitf import reader as nitf_reader
from .plain_text import reader as plain_text_reader
from .reader import Reader
from .rejects import RejectsReader
from .superdesk import reader as superdesk_reader
from .tabular import csv_table, json_lines
from .web_page import medium
from .web_page import reader as web_page_reader
from .wordpress import reader as wxr_reader

STORY_READERS: tuple[Reader, ...] = (
    plain_text_reader.READER,
    agency_text_reader.READER,
    email_message.READER,
    mbox.READER,
    markdown_reader.READER,
    ninjs_reader.READER,
    newsml_g2_reader.READER,
    nitf_reader.READER,
    reuters_sgml.READER,
    csv_table.READER,
    json_lines.READER,
    wxr_reader.READER,
    ghost_reader.READER,
    feed_reader.READER,
    json_feed.READER,
    superdesk_reader.READER,
    ap_media.READER,
    newsml_1_reader.READER,
    substack.READER,
    medium.READER,
    web_page_reader.READER,
)
REJECTS = RejectsReader(STORY_READERS)
READERS: tuple[Reader, ...] = (*STORY_READERS, REJECTS)
