"""What the check of the record has found and can mend by itself: for an operator who says so."""

from argparse import ArgumentTypeError
from collections.abc import Iterator

from django.db import transaction

from articles.models import Article, Quote
from articles.record.private_roles.withhold import withhold_everywhere
from articles.record.quotes.store import forget_unnamed_source

from .unnamed_sources import unnamed_source_issues

MAX_HIDDEN_REASON_LENGTH = 500  # letters of a reason that readers see


def parse_reason(text: str) -> str:
    """Return ``text`` as the reason of a hidden edition. Raises ArgumentTypeError for none and for one too long."""
    reason = " ".join(text.split())
    if not reason or len(reason) > MAX_HIDDEN_REASON_LENGTH:
        raise ArgumentTypeError(
            f"Say in 1 to {MAX_HIDDEN_REASON_LENGTH} letters, as readers will see it, why editions are hidden."
        )
    return reason


def repair_record(reason: str) -> Iterator[str]:
    """First forget sources not named, take roles not public from readers, hide editions for this reason."""
    keys = [issue.key for issue in unnamed_source_issues()]
    for key in keys:
        _save_again(key)
    withheld = withhold_everywhere(reason, by=None)
    yield (
        f"Mended: sources forgotten {len(keys)}, editions published anew {withheld.published}, "
        f"editions hidden {withheld.hidden}."
    )
    if withheld.refused:
        yield (
            f"Left alone, since the clock has gone back: {withheld.refused}. "
            "Have the clock set right, then run it again."
        )


def _save_again(quote_key: str) -> None:
    """Forget the source of a quote not named as its door does, whatever else is wrong with the row."""
    quotes = Quote.objects.filter(quote_key=quote_key)
    with transaction.atomic():
        list(Article.objects.locked().filter(quotes__in=quotes).values_list("pk"))
        for quote in quotes.exclude(unnamed=""):
            forget_unnamed_source(quote)
            quote.save()
