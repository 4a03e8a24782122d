"""How sure a find is: the share of such finds, in measured news texts, that are quotes with the right speaker."""

# pattern -> the share when a name or a pronoun says who spoke, and when other words do ("a spokesman")
MEASURED = {
    "after": (0.96, 0.93),  # “…,” said Okafor
    "after-within": (0.76, 0.40),  # Okafor called it “…,” a word that …
    "before": (0.89, 0.60),  # Okafor said “…”
    "floating": (0.89, 0.63),  # “…” with the speaker of the sentence before
    "floating-backward": (0.70, 0.50),  # “…” with the speaker of the quote after
    "colon": (0.75, 0.40),  # Okafor had an answer: “…”
    "loose-after": (0.75, 0.25),  # “…” was what Okafor said
    "subject": (0.45, 0.15),  # Okafor and the “…”
    "clause": (0.50, 0.50),  # reported speech without marks
    "none": (0.05, 0.05),
    "term": (0.05, 0.05),
}
WITHOUT_SUBJECT = 0.10  # a cue, but nobody who spoke


def confidence(pattern: str, *, has_speaker: bool, is_named: bool) -> float:
    """Return the confidence of a find, 0 to 1. Only a cue after the quote earns 0.9 and more."""
    if not has_speaker:
        return min(WITHOUT_SUBJECT, *MEASURED[pattern])
    named, other = MEASURED[pattern]
    return named if is_named else other
