"""What leads to a row, in the newsroom's words: what keeps it out of the trash, and what goes there with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext, ngettext, ngettext_lazy

from articles.models import (
    Article,
    Author,
    AuthorLink,
    Byline,
    Edition,
    EditionAuthor,
    EditionOrganization,
    EditionPerson,
    EditionQuote,
    EditionTag,
    FormerTagName,
    Identifier,
    Image,
    Membership,
    Mention,
    Merge,
    Organization,
    OtherName,
    Person,
    Proposal,
    Quote,
    RightOfReply,
    Subscription,
    Tag,
    TagCode,
    Trashable,
)

MAX_NAMES = 3  # that a sentence gives
MAX_COUNTED = 1000
MAX_STORIES = 500  # working copies that are changed at once, each with a revision of its own
STORY_LINKS: Mapping[type[Model], str] = {  # what a working copy is filed under
    Person: "people",
    Organization: "organizations",
    Tag: "tags",
}


@dataclass(frozen=True, slots=True)
class ReferenceKind:
    """One way in which rows lead to a row: ``paths`` as (model, field, path to the row that is counted and named).

    ``phrase`` is a plural of Django's with ``%(count)s``; ``named`` is the model of what is counted.
    """

    phrase: Any
    named: type[Model]
    paths: Sequence[tuple[Any, str, str]]

    def sentence(self, row: Model) -> str:
        """Return how many there are, with the first names; empty for none. One query, or two."""
        keys: set[int] = set()
        for model, field, path in self.paths:
            rows = model._base_manager.filter(**{field: row.pk}).order_by()
            keys |= {*rows.values_list(path, flat=True).distinct()[: MAX_COUNTED + 1]} - {None}
        if not keys:
            return ""
        count = f"{len(keys):,}" if len(keys) <= MAX_COUNTED else gettext("more than 1,000")
        text = (self.phrase % len(keys)).replace("{count}", count)
        return f"{text}: {name_rows(self.named, sorted(keys))}."


@dataclass(frozen=True, slots=True)
class RowReferences:
    """Sentences on a row: ``blockers`` keep it where it is, ``consequences`` say what changes or goes with it.

    ``remedy`` says what to do where it is kept.
    """

    blockers: list[str]
    consequences: list[str]
    remedy: str = ""


def name_rows(model: Any, keys: Sequence[int]) -> str:
    """Return the names of the first of the rows ``keys``, and how many more there are: “A”, “B” and 2 more."""
    rows = model._base_manager.in_bulk(keys[:MAX_NAMES])
    names = ", ".join(f"“{rows[key]}”" for key in keys[:MAX_NAMES] if key in rows)
    more = len(keys) - MAX_NAMES
    if more <= 0:
        return names
    return ngettext("%(names)s and %(count)s more", "%(names)s and %(count)s more", more) % {
        "names": names,
        "count": more,
    }


QUOTED = ngettext_lazy("It is quoted in {count} story", "It is quoted in {count} stories")
PUBLISHED = ngettext_lazy(
    "Readers have it, or had it, in {count} story",
    "Readers have it, or had it, in {count} stories",
)
NAMED = ngettext_lazy(
    "It is on record as named in {count} story", "It is on record as named in {count} stories"
)
INVITED = ngettext_lazy(
    "It was asked for its side of {count} story", "It was asked for its side of {count} stories"
)
ON_BEHALF = ngettext_lazy(
    "Somebody speaks for it in {count} story", "Somebody speaks for it in {count} stories"
)
WITH_ROLE = ngettext_lazy(
    "{count} person has or had a role in it", "{count} people have or had a role in it"
)
CHILDREN = ngettext_lazy("{count} other stands below it", "{count} others stand below it")
FED = ngettext_lazy(
    "The stories of {count} feed are filed under it",
    "The stories of {count} feeds are filed under it",
)
BYLINE = ngettext_lazy(
    "It stands in the byline of {count} story", "It stands in the byline of {count} stories"
)
PICTURE = ngettext_lazy(
    "It is the picture of {count} story", "It is the picture of {count} stories"
)
PORTRAIT = ngettext_lazy(
    "It is the portrait of {count} person", "It is the portrait of {count} people"
)
PORTRAIT_OF_AUTHOR = ngettext_lazy(
    "It is the portrait of {count} author", "It is the portrait of {count} authors"
)
FILED = ngettext_lazy("{count} story is filed under it", "{count} stories are filed under it")

BLOCKERS: Mapping[type[Model], Sequence[ReferenceKind]] = {
    Person: (
        ReferenceKind(QUOTED, Article, [(Quote, "person", "article")]),
        ReferenceKind(
            PUBLISHED,
            Article,
            [
                (EditionPerson, "person", "edition__article"),
                (EditionQuote, "person", "edition__article"),
            ],
        ),
        ReferenceKind(NAMED, Article, [(Mention, "person", "article")]),
        ReferenceKind(INVITED, Article, [(RightOfReply, "person", "article")]),
    ),
    Organization: (
        ReferenceKind(QUOTED, Article, [(Quote, "organization", "article")]),
        ReferenceKind(ON_BEHALF, Article, [(Quote, "on_behalf_of", "article")]),
        ReferenceKind(
            PUBLISHED,
            Article,
            [
                (EditionOrganization, "organization", "edition__article"),
                (EditionQuote, "organization", "edition__article"),
                (EditionQuote, "said_for", "edition__article"),
            ],
        ),
        ReferenceKind(NAMED, Article, [(Mention, "organization", "article")]),
        ReferenceKind(INVITED, Article, [(RightOfReply, "organization", "article")]),
        ReferenceKind(WITH_ROLE, Person, [(Membership, "organization", "person")]),
        ReferenceKind(CHILDREN, Organization, [(Organization, "parent", "pk")]),
    ),
    Tag: (
        ReferenceKind(PUBLISHED, Article, [(EditionTag, "tag", "edition__article")]),
        ReferenceKind(CHILDREN, Tag, [(Tag, "parent", "pk")]),
        ReferenceKind(FED, Subscription, [(Subscription.tags.through, "tag", "subscription")]),
    ),
    Image: (
        ReferenceKind(PICTURE, Article, [(Article, "lead_image", "pk")]),
        ReferenceKind(PUBLISHED, Article, [(Edition, "lead_image", "article")]),
        ReferenceKind(PORTRAIT, Person, [(Person, "portrait", "pk")]),
        ReferenceKind(PORTRAIT_OF_AUTHOR, Author, [(Author, "portrait", "pk")]),
    ),
    Author: (
        ReferenceKind(BYLINE, Article, [(Byline, "author", "article")]),
        ReferenceKind(PUBLISHED, Article, [(EditionAuthor, "author", "edition__article")]),
    ),
}
COMPANIONS: Mapping[type[Model], Sequence[tuple[Any, str]]] = {  # what is of a row alone
    Person: (
        (OtherName, "person"),
        (Identifier, "person"),
        (Membership, "person"),
        (Proposal, "person"),
    ),
    Organization: (
        (OtherName, "organization"),
        (Identifier, "organization"),
        (Proposal, "organization"),
    ),
    Tag: ((FormerTagName, "tag"), (TagCode, "tag"), (Proposal, "tag")),
    Author: ((AuthorLink, "author"), (Proposal, "author")),
}


def find_references(row: Trashable) -> RowReferences:
    """Return what keeps ``row`` (no story) out of the trash, and what goes or changes with it; drafts are named."""
    model = type(row)
    blockers = [kind.sentence(row) for kind in BLOCKERS[model]]
    blockers = [sentence for sentence in (*blockers, *_merge_sentences(row)) if sentence]
    stories = linked_stories(row)
    if len(stories) > MAX_STORIES:
        sentence = gettext("More than %(count)s stories are filed under it: too many to change.")
        blockers.append(sentence % {"count": MAX_STORIES})
    consequences = [*_story_sentences(stories), *_companion_sentences(row)]
    return RowReferences(blockers, consequences, _remedy(model) if blockers else "")


def linked_stories(row: Trashable) -> list[int]:
    """Return the keys of the stories, spiked ones too, whose working copies are filed under ``row``, in order."""
    name = STORY_LINKS.get(type(row))
    if name is None:
        return []
    through = getattr(Article, name).through
    field = Article._meta.get_field(name)
    links = through._base_manager.filter(**{field.m2m_reverse_field_name(): row.pk})  # type: ignore[union-attr]  # a link to many
    keys = links.order_by("article_id").values_list("article_id", flat=True)
    return list(keys[: MAX_STORIES + 1])


def _merge_sentences(row: Trashable) -> Iterator[str]:
    merges = Merge.objects.active().filter(kind=row._meta.model_name, survivor=row.pk)
    names = list(merges.values_list("name", flat=True)[:MAX_NAMES])
    if names:
        listed = ", ".join(f"“{name}”" for name in names)
        yield gettext("Others were merged into it: %(names)s.") % {"names": listed}


def _story_sentences(stories: Sequence[int]) -> Iterator[str]:
    if not stories:
        return
    count = min(len(stories), MAX_STORIES)
    text = str(FILED % count).replace("{count}", f"{count:,}")
    names = name_rows(Article, stories)
    sentence = gettext(
        "%(filed)s: %(names)s. Their working copies go without it, each as a revision, until it is restored."
    )
    yield sentence % {"filed": text, "names": names}


def _companion_sentences(row: Trashable) -> Iterator[str]:
    parts = []
    for model, field in COMPANIONS.get(type(row), ()):
        if count := model._base_manager.filter(**{field: row.pk}).count():
            options = model._meta
            name = options.verbose_name if count == 1 else options.verbose_name_plural
            parts.append(f"{count} {name}")
    if parts:
        sentence = gettext("It takes along, and brings back: %(parts)s.")
        yield sentence % {"parts": ", ".join(parts)}


def _remedy(model: type[Model]) -> str:
    if model in (Person, Organization):
        return gettext(
            "What is on record stays. If it is here twice, merge it; what readers may see of it is set on its form."
        )
    if model is Tag:
        return gettext("What readers had stays. Rename it, or file the stories under another tag.")
    return gettext(
        "What readers had stays. Take it out of the stories first, if none is published."
    )
