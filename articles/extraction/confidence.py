"""How sure a detection is: the share of such, in measured news texts, that are quotes with the right speaker."""

CLEAR = 0.98  # what ``clarity`` calls clear, whatever its pattern
# pattern -> the share of the rest when a name or a pronoun says who spoke, and when other words do ("a spokesman")
MEASURED = {
    "after": (0.89, 0.89),  # “…,” said Okafor
    "after-within": (0.84, 0.44),  # Okafor called it “…,” a word that …
    "before": (0.89, 0.71),  # Okafor said “…”
    "floating": (0.82, 0.58),  # “…” with the speaker of the sentence before
    "floating-on": (0.89, 0.89),  # “…,” said Okafor, “…”
    "floating-backward": (0.70, 0.50),  # “…” with the speaker of the quote after
    "signed": (0.80, 0.60),  # “…” — Ada Okafor; too few were measured to say more
    "colon": (0.66, 0.40),  # Okafor had an answer: “…”
    "loose-after": (0.85, 0.35),  # “…” was what Okafor said
    "subject": (0.45, 0.15),  # Okafor and the “…”
    "clause": (0.50, 0.50),  # reported speech without marks
    "none": (0.05, 0.05),
    "term": (0.05, 0.05),
}
WITHOUT_SUBJECT = 0.10  # a cue, but nobody who spoke


def confidence(pattern: str, *, has_speaker: bool, is_named: bool, is_clear: bool) -> float:
    """Return the confidence of a detection, 0 to 1. Only what is clear earns 0.9 and more."""
    if not has_speaker:
        return min(WITHOUT_SUBJECT, *MEASURED[pattern])
    if is_clear:
        return CLEAR
    named, other = MEASURED[pattern]
    return named if is_named else other
