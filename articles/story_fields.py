"""What a story consists of: each field declared once, with all that form, diff, import, edition and feeds need of it.

Add a field: one entry in ``STORY_FIELDS``; a line also stands in ``StoryLines`` and in ``models/story_columns.py``.
Sources: https://iptc.org/std/ninjs/ninjs-schema_3.1.json https://schema.org/NewsArticle
"""

from dataclasses import dataclass
from enum import StrEnum


class FieldKind(StrEnum):
    """What a field holds: one line of text, HTML, free text, a code, a time, yes or no, rows, one row, the byline."""

    LINE = "line"
    HTML = "html"
    TEXT = "text"
    CODE = "code"
    TIME = "time"
    FLAG = "flag"
    ROWS = "rows"
    ROW = "row"
    BYLINES = "bylines"


class Fieldset(StrEnum):
    """Where on the form of a story a field stands."""

    STORY = "Story"
    FILED_UNDER = "Filed under"
    PICTURE = "Picture"
    TIMES = "Times"
    SMALL_PRINT = "Small print"
    NONE = ""


@dataclass(frozen=True, slots=True)
class StoryField:
    """One field of a story, under the name that it has in the working copy, its snapshot and its edition.

    ``label`` is what the desk calls it, ``limit`` the most code points that fit (0: no limit), ``recommended`` the
    length that the form counts up to. ``form_name`` differs where the form has a field of its own for it.
    ``is_printed``: readers get it, from the edition. ``is_imported``: it comes in as a source gives it. ``is_derived``:
    it follows from another field and no form has it. ``is_owned_by_source``: of a story from outside it is the
    source's text, so that a person's change of it is an edit, beside which newer versions are merged or wait; changes
    of all other fields are the newsroom's own filing. ``ninjs``, ``schema_org`` and ``feed`` are the keys under which
    a line goes out as it is, empty where the standard has it in another shape.
    """

    name: str
    label: str
    kind: FieldKind
    fieldset: Fieldset = Fieldset.NONE
    limit: int = 0
    recommended: int = 0
    help_text: str = ""
    form_name: str = ""
    is_printed: bool = False
    is_imported: bool = False
    is_derived: bool = False
    is_owned_by_source: bool = False
    ninjs: str = ""
    schema_org: str = ""
    feed: str = ""

    def __post_init__(self) -> None:
        if not self.form_name:
            object.__setattr__(self, "form_name", self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLines:
    """The lines of a story that come in, are edited and go out under one name."""

    headline: str = ""
    kicker: str = ""
    dek: str = ""
    dateline: str = ""
    credit: str = ""
    usage_terms: str = ""


# In the order of the form; differences between two versions are listed in this order as well.
STORY_FIELDS: tuple[StoryField, ...] = (
    StoryField(
        "kicker",
        "kicker",
        FieldKind.LINE,
        Fieldset.STORY,
        limit=80,
        recommended=24,
        help_text="The line above the headline: its subject or its series.",
        is_printed=True,
        is_imported=True,
        schema_org="alternativeHeadline",
        is_owned_by_source=True,
    ),
    StoryField(
        "headline",
        "headline",
        FieldKind.LINE,
        Fieldset.STORY,
        limit=300,
        recommended=70,
        is_printed=True,
        is_imported=True,
        schema_org="headline",
        feed="title",
        is_owned_by_source=True,
    ),
    StoryField(
        "dek",
        "dek",
        FieldKind.LINE,
        Fieldset.STORY,
        limit=500,
        recommended=160,
        help_text="The sentence below the headline, also called standfirst.",
        is_printed=True,
        is_imported=True,
        schema_org="description",
        feed="description",
        is_owned_by_source=True,
    ),
    StoryField(
        "bylines",
        "byline",
        FieldKind.BYLINES,
        Fieldset.STORY,
        form_name="byline",
        is_owned_by_source=True,
    ),
    StoryField(
        "dateline",
        "dateline",
        FieldKind.LINE,
        Fieldset.STORY,
        limit=120,
        help_text="Where, and sometimes when, it was written: “OSTBY, 3 March –”.",
        is_printed=True,
        is_imported=True,
        ninjs="located",
        schema_org="dateline",
        is_owned_by_source=True,
    ),
    StoryField(
        "body_html",
        "text",
        FieldKind.HTML,
        Fieldset.STORY,
        is_printed=True,
        is_imported=True,
        is_owned_by_source=True,
    ),
    StoryField("tags", "tags", FieldKind.ROWS, Fieldset.FILED_UNDER),
    StoryField("people", "people", FieldKind.ROWS, Fieldset.FILED_UNDER),
    StoryField("organizations", "organizations", FieldKind.ROWS, Fieldset.FILED_UNDER),
    StoryField("lead_image", "picture", FieldKind.ROW, Fieldset.PICTURE, is_owned_by_source=True),
    StoryField(
        "stage",
        "stage",
        FieldKind.CODE,
        Fieldset.TIMES,
        help_text="How far the work on the text is. Readers never see it.",
    ),
    StoryField(
        "is_on_hold",
        "on hold",
        FieldKind.FLAG,
        Fieldset.TIMES,
        help_text="It must not be out now: nothing is published, a live story is taken from readers.",
    ),
    StoryField(
        "embargoed_until",
        "embargoed until",
        FieldKind.TIME,
        Fieldset.TIMES,
        is_owned_by_source=True,
    ),
    StoryField(
        "published_at",
        "date of the story",
        FieldKind.TIME,
        Fieldset.TIMES,
        is_owned_by_source=True,
    ),
    StoryField(
        "date_precision",
        "date precision",
        FieldKind.CODE,
        Fieldset.TIMES,
        help_text="How far the date is known.",
        is_imported=True,
        is_owned_by_source=True,
    ),
    StoryField(
        "ed_note",
        "note to editors",
        FieldKind.TEXT,
        Fieldset.SMALL_PRINT,
        help_text="From editor to editor, and what the wire tells editors. Never public.",
        is_imported=True,
    ),
    StoryField(
        "credit",
        "credit",
        FieldKind.LINE,
        Fieldset.SMALL_PRINT,
        limit=160,
        help_text="Agency or source, as printed.",
        is_printed=True,
        is_imported=True,
        is_owned_by_source=True,
    ),
    StoryField(
        "usage_terms",
        "usage terms",
        FieldKind.LINE,
        Fieldset.SMALL_PRINT,
        limit=500,
        help_text="What others may do with the story, printed by the credit.",
        is_printed=True,
        is_imported=True,
        ninjs="usageTerms",
        schema_org="usageInfo",
        feed="item_copyright",
        is_owned_by_source=True,
    ),
    StoryField(
        "language",
        "language",
        FieldKind.CODE,
        Fieldset.SMALL_PRINT,
        limit=20,
        is_printed=True,
        ninjs="language",
        schema_org="inLanguage",
        feed="language",
        is_owned_by_source=True,
    ),
    StoryField(
        "slug",
        "slug",
        FieldKind.CODE,
        Fieldset.SMALL_PRINT,
        limit=100,
    ),
    StoryField("pub_status", "the wire says", FieldKind.CODE, is_imported=True, is_derived=True),
    StoryField(
        "is_headline_derived",
        "headline is derived",
        FieldKind.FLAG,
        is_imported=True,
        is_derived=True,
    ),
)
FIELDS_BY_NAME = {field.name: field for field in STORY_FIELDS}
LINES = tuple(field for field in STORY_FIELDS if field.kind is FieldKind.LINE)
OWNED_BY_SOURCE = tuple(field.name for field in STORY_FIELDS if field.is_owned_by_source)
