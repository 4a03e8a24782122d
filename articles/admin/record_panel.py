"""The record of a story as the desk shows it: what waits, what is decided, what came loose, what readers lack."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

from articles.models import Article, Edition, Mention, Quote, User
from articles.publishing import record_is_behind
from articles.record.loose import Paragraphs, likely_words
from articles.record.review import Item, Option, Review, review

from .record_cards import NEW, UNKEPT, Answers, Card, as_found
from .record_text import Paragraph, paragraphs
from .states import moment, why_not

DECIDE = ("articles.change_suggestion", "articles.add_quote")
UNDO = ("articles.change_suggestion", "articles.delete_quote")
ADD, REWORD, REMOVE = (
    ("articles.add_quote",),
    ("articles.change_quote",),
    ("articles.delete_quote",),
)


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent for the find ``key`` in vain, and why: ``error`` is a sentence for the editor."""

    data: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    error: str = ""

    def error_of(self, key: str) -> str:
        """Return what stands at the find ``key``."""
        return self.error if key == self.key else ""


@dataclass(frozen=True, slots=True)
class Loose:
    """A quote whose words have gone. ``passage`` stands there now, ``answers.words`` may be the new wording."""

    key: str
    quote: Quote
    passage: str
    answers: Answers
    error: str


@dataclass(frozen=True, slots=True)
class Behind:
    """Why readers do not have the record as it is here, and whether it can be published by itself."""

    words: str
    can_be_published: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """All that the templates of the record want. ``place`` is "form" or "review": where a deed leads back to."""

    article: Article
    place: str
    body_text: str
    waiting: int
    detached: list[Loose]
    said: list[Card]
    named: list[Card]
    folded: list[Card]
    by_hand: Card
    behind: Behind | None
    may: dict[str, bool]
    error: str = ""
    start: str = ""
    end: str = ""

    @property
    def cards(self) -> list[Card]:
        return [*self.said, *self.named, *self.folded]

    @property
    def total(self) -> int:
        """How many finds there are, those that are folded left out."""
        return len(self.said) + len(self.named)

    @property
    def clear_names(self) -> list[Card]:
        """Names that wait and mean one row on record each."""
        return [card for card in self.named if card.is_open and card.item.is_clear]

    @property
    def pinned(self) -> str:
        """What the button for all clear names sends: each as the editor saw it."""
        return "\n".join(card.pinned for card in self.clear_names)

    @property
    def paragraphs(self) -> list[Paragraph]:
        return paragraphs(self.body_text, self.cards)

    @property
    def forms(self) -> list[str]:
        """The keys of all forms of the page: one for each find, one for what is about all of them."""
        keys = [loose.key for loose in self.detached] + [card.key for card in self.cards]
        return [*keys, "names", "publish", NEW]

    @property
    def has_folded_error(self) -> bool:
        return any(card.error for card in self.folded)

    @property
    def waiting_keys(self) -> list[str]:
        """The keys of what an editor has to look at, in the order of the page."""
        waiting = (card.key for card in chain(self.said, self.named) if card.is_open)
        return [*(loose.key for loose in self.detached), *waiting]

    @property
    def open_keys(self) -> list[str]:
        """The keys of all that has fields, what is folded too."""
        return [*self.waiting_keys, *(card.key for card in self.folded if card.is_open)]

    def next_after(self, key: str) -> str:
        """Return the key of what waits next after ``key``, else of the first that waits, empty for none."""
        shown = [loose.key for loose in self.detached]
        shown += [card.key for card in chain(self.said, self.named)]
        rest = shown[shown.index(key) + 1 :] if key in shown else []
        waiting = self.waiting_keys
        return next((one for one in rest if one in waiting), next(iter(waiting), ""))


def panel(article: Article, user: User, *, place: str, sent: Sent | None = None) -> Panel:
    """Return the record of ``article`` (as ``with_state`` reads it), what was ``sent`` in vain still in its fields.

    The number of queries does not depend on how much there is.
    """
    seen, sent = review(article), sent or Sent()
    mentions = {one.pk: one for one in article.mentions.all()}
    folded = _cards(seen.folded, mentions, sent)
    return Panel(
        article=article,
        place=place,
        body_text=seen.body_text,
        waiting=seen.waiting,
        detached=_loose(seen, sent),
        said=_cards(seen.said, mentions, sent),
        named=_cards(seen.named, mentions, sent),
        folded=[replace(card, number=0) for card in folded],
        by_hand=_by_hand(article, seen, sent),
        behind=behind(article, user),
        may=allowed(user),
        error=sent.error,
        start=sent.data.get("start", ""),
        end=sent.data.get("end", ""),
    )


def allowed(user: User) -> dict[str, bool]:
    """Tell for each deed on the record whether ``user`` may do it."""
    deeds = {"decide": DECIDE, "undo": UNDO, "add": ADD, "reword": REWORD, "remove": REMOVE}
    return {deed: user.has_perms(permissions) for deed, permissions in deeds.items()}


def behind(article: Article, user: User) -> Behind | None:
    """Say that readers have another record of ``article`` than the desk, None where they have this one or none."""
    live = Edition.objects.listed().filter(article=article).first()
    if live is None:
        return None
    if live.revision_number != article.revision_number:
        if not article.quotes.all() and not article.mentions.all():
            return None
        return Behind("The text has changes that readers do not have; the record goes out with it.")
    if not record_is_behind(article, live):
        return None
    lacks = "Readers do not have this record yet."
    if article.scheduled_for:
        at = moment(article.scheduled_for)
        return Behind(
            f"{lacks} What is scheduled for {at} was made before: schedule again to take it in."
        )
    reason = why_not(article, user)["publish"]
    return Behind(f"{lacks} {reason}".strip(), not reason)


def _cards(items: Iterable[Item], mentions: Mapping[int, Mention], sent: Sent) -> list[Card]:
    """Return the finds numbered from 1."""
    made = []
    for number, item in enumerate(items, 1):
        one = item.suggestion
        key = str(one.pk) if one else f"q{item.quote.pk}"
        mention = mentions.get(one.mention_id or 0) if one else None
        answers = as_found(item).after(key, sent.data)
        error = sent.error_of(key)
        made.append(Card(key, item, answers, item.options, number, error, mention))
    return made


def _by_hand(article: Article, seen: Review, sent: Sent) -> Card:
    answers = Answers(kind=Quote.Kind.DIRECT).after(NEW, sent.data)
    return Card(NEW, None, answers, _speakers(article, seen), error=sent.error_of(NEW))


def _speakers(article: Article, seen: Review) -> list[Option]:
    """Return whom a quote by hand may be of: who is on record in the story or may be meant in it, then the others."""
    found = {}
    for one in chain(article.mentions.all(), article.quotes.all()):
        if one.person:
            found[f"person:{one.person_id}"] = f"{one.person} — no. {one.person_id}"
        elif one.organization:
            found[f"organization:{one.organization_id}"] = str(one.organization)
    for item in chain(seen.said, seen.named):
        found |= {one.value: one.label for one in item.options if ":" in one.value}
    options = [Option(value, label) for value, label in found.items()]
    labels = ("New person", "New organization")
    return [
        *options,
        Option("known", "Somebody on record, by name"),
        *(Option(value, label) for value, label in zip(UNKEPT, labels, strict=True)),
        Option("unnamed", "Somebody not named"),
    ]


def _loose(seen: Review, sent: Sent) -> list[Loose]:
    texts = Paragraphs(seen.body_text if seen.detached else "")
    found = []
    for item in seen.detached:
        key, words = f"q{item.quote.pk}", item.quote.text
        passage = texts.nearest(words)
        answers = Answers(words=likely_words(words, passage)).after(key, sent.data)
        found.append(Loose(key, item.quote, passage, answers, sent.error_of(key)))
    return found
