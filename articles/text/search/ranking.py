"""How well a story fits what is looked for: where its words stand, not how often."""

from collections.abc import Collection

from .query import SearchQuery, SearchTerm

IN_HEADLINE = 4
IN_DETAILS = 2


def score(
    query: SearchQuery, headline: str, details: str, filed: Collection[SearchTerm] = ()
) -> int:
    """Return how well a story fits ``query``, more is better: by the stems of its ``headline`` and its ``details``.

    Both as ``IndexedStory.stems`` has them. Each term counts once, where it stands best; words that are looked
    for and stand side by side in the headline count as one term more. ``filed`` are terms that name somebody whom the
    story is filed under, by whatever name: as good as a word among its details.
    """
    places = [
        max(_score_term(term, headline, details), 2 * IN_DETAILS * (term in filed))
        for term in query.terms
    ]
    together = " ".join(" ".join(term.stems) for term in query.terms)
    is_together = len(query.terms) > 1 and _holds(headline, together)
    return sum(places) + IN_HEADLINE * is_together


def _score_term(term: SearchTerm, headline: str, details: str) -> int:
    stems = " ".join(term.stems)
    for text, value in ((headline, IN_HEADLINE), (details, IN_DETAILS)):
        if _holds(text, stems):
            return 2 * value
        if term.prefix and f" {term.prefix}" in f" {text}":
            return value
    return 0


def _holds(text: str, stems: str) -> bool:
    return f" {stems} " in f" {text} "
