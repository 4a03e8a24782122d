"""The record of a story as the desk shows it: what waits, what is decided, what came loose, what readers lack."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

from django.urls import reverse

from articles.models import Article, Edition, Mention, Quote, User
from articles.publishing import record_is_behind
from articles.record.items import Item, Option
from articles.record.loose import Paragraphs, likely_words
from articles.record.review import Review, review

from .record_cards import NEW, UNKEPT, Answers, Card, as_found
from .record_text import Paragraph, paragraphs
from .states import moment, why_not

DECIDE = ("articles.change_suggestion", "articles.add_quote")
UNDO = ("articles.change_suggestion", "articles.delete_quote")
MOST_NAMES = 60  # names that wait are shown at once; the next ones come up as these are decided
MOST_OTHERS = 40  # people of the story that are offered for a find
ADD, REWORD, REMOVE, APPROVE, WAVE, TAKE_UP = (
    ("articles.add_quote",),
    ("articles.change_quote",),
    ("articles.delete_quote",),
    ("articles.approve_source",),
    ("articles.add_wavedoff",),
    ("articles.delete_wavedoff",),
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
    """All that the templates of the record want. ``place`` is "form" or "review": where a deed leads back to.

    ``address`` is that of the review.
    """

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
    address: str = ""
    has_all_names: bool = False
    error: str = ""
    start: str = ""
    end: str = ""

    @property
    def review_address(self) -> str:
        """What a link to the review begins with: nothing on the review itself, so that it stays on the page."""
        return self.address if self.place == "form" else ""

    @property
    def open_address(self) -> str:
        """The address of a find with its fields open, but for its key."""
        return f"{self.review_address}?open="

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
        """The keys of what has fields, and so a form of its own; all other buttons share one."""
        keys = [loose.key for loose in self.detached]
        return [*keys, *(card.key for card in self.cards if card.is_opened), NEW]

    @property
    def opened(self) -> list[Card]:
        """The find whose fields are open, if any."""
        return [card for card in self.cards if card.is_opened]

    @property
    def is_fold_open(self) -> bool:
        """Whether one of the folded finds is opened."""
        return any(card.is_opened for card in self.folded)

    @property
    def names_shown(self) -> list[Card]:
        """The names on the page: in a long story not all that wait."""
        if self.has_all_names:
            return self.named
        waiting = [card.key for card in self.named if card.is_open]
        later = set(waiting[MOST_NAMES:])
        return [card for card in self.named if card.is_opened or card.key not in later]

    @property
    def names_left(self) -> int:
        """How many names that wait are not on the page."""
        return len(self.named) - len(self.names_shown)

    @property
    def waiting_keys(self) -> list[str]:
        """The keys of what an editor has to look at, in the order of the page."""
        waiting = (card.key for card in chain(self.said, self.names_shown) if card.is_open)
        return [*(loose.key for loose in self.detached), *waiting]

    @property
    def open_keys(self) -> list[str]:
        """The keys of all that has fields, what is folded or not on the page too."""
        loose = [loose.key for loose in self.detached]
        return [*loose, *(card.key for card in self.cards if card.is_open)]

    def next_after(self, key: str) -> str:
        """Return the key of what waits next after ``key``, else of the first that waits, empty for none."""
        shown = [loose.key for loose in self.detached]
        shown += [card.key for card in chain(self.said, self.named)]
        rest = shown[shown.index(key) + 1 :] if key in shown else []
        waiting = self.waiting_keys
        left = set(waiting)
        return next((one for one in rest if one in left), next(iter(waiting), ""))

    def opening(self, key: str) -> "Panel":
        """Return it with the fields of the find ``key`` open, whom its story names offered from the nearest on."""
        if not any(card.key == key and card.is_open for card in self.cards):
            return self
        said, named, folded = (
            [self._opened(card) if card.key == key else card for card in cards]
            for cards in (self.said, self.named, self.folded)
        )
        return replace(self, said=said, named=named, folded=folded)

    def opening_unclear(self, key: str) -> "Panel":
        """Return it with the find ``key`` open where no single button can answer it."""
        card = next((one for one in self.cards if one.key == key and one.is_open), None)
        return self.opening(key) if card and card.shown is None else self

    def _opened(self, card: Card) -> Card:
        near = sorted(self.cards, key=lambda one: abs(one.item.start - card.item.start))
        others = {one.bearer.value: one.bearer for one in near if one is not card and one.bearer}
        return replace(card, is_opened=True, others=list(others.values())[:MOST_OTHERS])


def panel(article: Article, user: User, *, place: str, sent: Sent | None = None) -> Panel:
    """Return the record of ``article`` (as ``with_state`` reads it), what was ``sent`` in vain still in its fields.

    The number of queries does not depend on how much there is.
    """
    seen, sent = review(article), sent or Sent()
    mentions = {one.pk: one for one in article.mentions.all()}
    said, named = cards_of(seen.said, mentions, sent), cards_of(seen.named, mentions, sent)
    folded = [replace(card, number=0) for card in cards_of(seen.folded, mentions, sent)]
    address = reverse("admin:articles_article_record", args=[article.pk])
    shown = Panel(
        article=article,
        place=place,
        body_text=seen.body_text,
        waiting=seen.waiting,
        detached=_loose(seen, sent),
        said=said,
        named=named,
        folded=folded,
        by_hand=_by_hand([*said, *named], sent),
        behind=behind(article, user),
        may=allowed(user),
        address=address,
        has_all_names=sent.data.get("names") == "all",
        error=sent.error,
        start=sent.data.get("start", ""),
        end=sent.data.get("end", ""),
    )
    return shown.opening(sent.key)


def allowed(user: User) -> dict[str, bool]:
    """Tell for each deed on the record whether ``user`` may do it."""
    deeds = {"decide": DECIDE, "undo": UNDO, "add": ADD, "reword": REWORD, "remove": REMOVE}
    deeds |= {"approve": APPROVE, "wave": WAVE, "take_up": TAKE_UP}
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


def cards_of(items: Iterable[Item], mentions: Mapping[int, Mention], sent: Sent) -> list[Card]:
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


def _by_hand(cards: Iterable[Card], sent: Sent) -> Card:
    """Return the fields of a quote by hand: of anybody in the story, of somebody else, of nobody named."""
    answers = Answers(kind=Quote.Kind.DIRECT).after(NEW, sent.data)
    found = {one.bearer.value: one.bearer for one in cards if one.bearer}
    labels = ("New person", "New organization")
    options = [
        *list(found.values())[:MOST_OTHERS],
        Option("known", "Somebody on record, by name"),
        *(Option(value, label) for value, label in zip(UNKEPT, labels, strict=True)),
        Option("unnamed", "Somebody not named"),
    ]
    return Card(NEW, None, answers, [], error=sent.error_of(NEW), is_opened=True, others=options)


def _loose(seen: Review, sent: Sent) -> list[Loose]:
    texts = Paragraphs(seen.body_text if seen.detached else "")
    found = []
    for item in seen.detached:
        key, words = f"q{item.quote.pk}", item.quote.text
        passage = texts.nearest(words)
        answers = Answers(words=likely_words(words, passage)).after(key, sent.data)
        found.append(Loose(key, item.quote, passage, answers, sent.error_of(key)))
    return found
