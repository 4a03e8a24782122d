"""The record of a story as the admin shows it: what waits, what is decided, what is detached, what readers lack."""

from dataclasses import dataclass, replace
from itertools import chain

from django.urls import reverse

from articles.models import Article, User
from articles.record.decisions.review import review

from .card_lists import build_by_hand_card, build_cards
from .cards import BY_HAND_KEY, MAX_OTHERS, Card
from .detached import DetachedQuote, build_detached_quotes
from .field_values import FormState
from .outdated_record import OutdatedRecord, describe_outdated_record
from .permissions import allowed_actions
from .text import MarkedParagraph, mark_paragraphs

MAX_NAMES = 60  # names that wait are shown at once; the next ones come up as these are decided


@dataclass(frozen=True, slots=True)
class Panel:
    """All that the templates of the record want. ``place`` is "form" or "review": where an action leads back to.

    ``address`` is that of the review.
    """

    article: Article
    place: str
    body_text: str
    waiting: int
    detached: list[DetachedQuote]
    quotes: list[Card]
    mentions: list[Card]
    folded: list[Card]
    by_hand: Card
    outdated: OutdatedRecord | None
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
        return [*self.quotes, *self.mentions, *self.folded]

    @property
    def total(self) -> int:
        """How many finds there are, those that are folded left out."""
        return len(self.quotes) + len(self.mentions)

    @property
    def clear_names(self) -> list[Card]:
        """Names that wait and mean one row on record each."""
        return [card for card in self.mentions if card.is_open and card.review_item.is_clear]

    @property
    def accept_value(self) -> str:
        """What the button for all clear names sends: each as the editor saw it."""
        return "\n".join(card.accept_value for card in self.clear_names)

    @property
    def paragraphs(self) -> list[MarkedParagraph]:
        return mark_paragraphs(self.body_text, self.cards)

    @property
    def forms(self) -> list[str]:
        """The keys of what has fields, and so a form of its own; all other buttons share one."""
        keys = [quote.key for quote in self.detached]
        return [*keys, *(card.key for card in self.cards if card.is_opened), BY_HAND_KEY]

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
            return self.mentions
        waiting = [card.key for card in self.mentions if card.is_open]
        later = set(waiting[MAX_NAMES:])
        return [card for card in self.mentions if card.is_opened or card.key not in later]

    @property
    def names_left(self) -> int:
        """How many names that wait are not on the page."""
        return len(self.mentions) - len(self.names_shown)

    @property
    def waiting_keys(self) -> list[str]:
        """The keys of what an editor has to look at, in the order of the page."""
        waiting = (card.key for card in chain(self.quotes, self.names_shown) if card.is_open)
        return [*(quote.key for quote in self.detached), *waiting]

    @property
    def open_keys(self) -> list[str]:
        """The keys of all that has fields, what is folded or not on the page too."""
        detached_keys = [quote.key for quote in self.detached]
        return [*detached_keys, *(card.key for card in self.cards if card.is_open)]

    def next_after(self, key: str) -> str:
        """Return the key of what waits next after ``key``, else of the first that waits, empty for none."""
        keys = [quote.key for quote in self.detached]
        keys += [card.key for card in chain(self.quotes, self.mentions)]
        rest = keys[keys.index(key) + 1 :] if key in keys else []
        waiting = self.waiting_keys
        waiting_keys = set(waiting)
        return next(
            (later_key for later_key in rest if later_key in waiting_keys), next(iter(waiting), "")
        )

    def with_opened(self, key: str) -> "Panel":
        """Return it with the fields of the find ``key`` open, whom its story names offered from the nearest on."""
        if not any(card.key == key and card.is_open for card in self.cards):
            return self
        quotes, mentions, folded = (
            [self._opened_card(card) if card.key == key else card for card in cards]
            for cards in (self.quotes, self.mentions, self.folded)
        )
        return replace(self, quotes=quotes, mentions=mentions, folded=folded)

    def with_unclear_opened(self, key: str) -> "Panel":
        """Return it with the find ``key`` open where no single button can answer it."""
        unclear = next((card for card in self.cards if card.key == key and card.is_open), None)
        return self.with_opened(key) if unclear and unclear.suggested_option is None else self

    def _opened_card(self, card: Card) -> Card:
        nearest_first = sorted(
            self.cards, key=lambda other: abs(other.review_item.start - card.review_item.start)
        )
        others = {
            other.speaker_option.value: other.speaker_option
            for other in nearest_first
            if other is not card and other.speaker_option
        }
        return replace(card, is_opened=True, others=list(others.values())[:MAX_OTHERS])


def build_panel(
    article: Article, user: User, *, place: str, form_state: FormState | None = None
) -> Panel:
    """Return the record of ``article`` (read with its state), what was sent in vain (``form_state``) in its fields.

    The number of queries does not depend on how much there is.
    """
    reviewed, form_state = review(article), form_state or FormState()
    mentions_by_key = {mention.pk: mention for mention in article.mentions.all()}
    quotes, mentions = (
        build_cards(reviewed.quotes, mentions_by_key, form_state),
        build_cards(reviewed.mentions, mentions_by_key, form_state),
    )
    folded = [
        replace(card, number=0)
        for card in build_cards(reviewed.folded, mentions_by_key, form_state)
    ]
    address = reverse("admin:articles_article_record", args=[article.pk])
    panel = Panel(
        article=article,
        place=place,
        body_text=reviewed.body_text,
        waiting=reviewed.waiting,
        detached=build_detached_quotes(reviewed, form_state),
        quotes=quotes,
        mentions=mentions,
        folded=folded,
        by_hand=build_by_hand_card([*quotes, *mentions], form_state),
        outdated=describe_outdated_record(article, user),
        may=allowed_actions(user),
        address=address,
        has_all_names=form_state.data.get("names") == "all",
        error=form_state.error,
        start=form_state.data.get("start", ""),
        end=form_state.data.get("end", ""),
    )
    return panel.with_opened(form_state.key)
