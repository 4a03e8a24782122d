"""A quote does not go along to where the text names somebody else beside the same words."""

import pytest

from articles.record.quotes.other_speakers import Speakers, is_of_another
from articles.record.quotes.text_quote import Anchor, anchor
from tests.factories import make_article, make_person, make_quote

pytestmark = pytest.mark.django_db
WORDS = "The quay holds,"
ADA = f"“{WORDS}” Ada Lund said."
NILS = f"“{WORDS}” Nils Berg said."
CARRIED = f"“{WORDS}” it was heard."
MAN = f"“{WORDS}” a man said."


def place(text: str) -> Anchor:
    start = text.index(WORDS)
    return anchor(text, start, start + len(WORDS))


@pytest.fixture
def quote():
    quote = make_quote(
        make_article(body_html=f"<p>{ADA}</p>"), WORDS, person=make_person("Ada Lund")
    )
    quote.person.other_names.create(name="Ada Berg")
    return quote


@pytest.mark.parametrize("knows_before", [True, False])
@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (ADA, ADA, False),
        (ADA, NILS, True),
        (ADA, CARRIED, False),
        (ADA, MAN, True),
        (NILS, NILS, False),
        (CARRIED, NILS, True),
        (ADA, f"“{WORDS}” Ada Berg said.", False),
    ],
)
def test_only_who_is_named_now_and_was_not_before_is_another(
    quote, before, after, expected, knows_before
):
    assert (
        is_of_another(
            quote,
            [place(before)],
            [place(after)],
            before=Speakers(before) if knows_before else None,
            after=Speakers(after),
        )
        is expected
    )


def test_where_the_words_stood_in_another_text_what_was_kept_around_them_counts(quote):
    arguments = {"before": Speakers("Another text."), "after": Speakers(NILS)}
    assert is_of_another(quote, [place(NILS)], [place(NILS)], **arguments) is False
    assert is_of_another(quote, [place(ADA)], [place(NILS)], **arguments) is True


def test_a_text_has_nobody_speak_where_nothing_is_quoted():
    speakers = Speakers(f"It rained. {ADA}")
    assert speakers.at(0, 5) == ("", "")
    assert speakers.at(*place(speakers.text).span).name == "Ada Lund"
