"""What a pronoun, an office or "the company" means: whoever was named, or nobody rather than the wrong one."""

from articles.extraction.extract import extract


def _speakers(text: str) -> list[str | None]:
    quotes = extract(text).quotes
    return [quote.speaker for quote in quotes if quote.kind in ("direct", "partial")]


def test_a_pronoun_after_an_office_means_whoever_holds_it():
    text = (
        "Mayor Ada Okafor met Councillor Per Lind on Monday. Lind left early. The mayor was angry.\n\n"
        "“He should have stayed,” she said."
    )
    assert _speakers(text) == ["Ada Okafor"]


def test_a_pronoun_after_somebody_without_a_name_names_nobody():
    text = "Per Lind met Jon Berg on Monday. A police officer came by.\n\n“It is late,” he said."
    assert _speakers(text) == [None]


def test_a_pronoun_that_follows_an_office_and_a_comma_is_about_somebody_else():
    text = "Per Lind opened the meeting. The chief engineer, he said, was “late again”."
    assert _speakers(text) == ["Per Lind"]


def test_the_last_subject_goes_before_the_last_speaker():
    text = (
        "“It leaks,” harbour master Per Lind said.\n\nCouncillor Jon Berg left for the radio.\n\n"
        "“It does not leak,” he said."
    )
    assert _speakers(text) == ["Per Lind", "Jon Berg"]


def test_what_somebody_is_told_to_have_said_gives_no_sex_to_the_teller():
    text = (
        "Prosecutor Per Lind met reporters. A diver was found alive, Lind said. She was cold.\n\n"
        "“We looked all night,” he said."
    )
    assert _speakers(text) == ["Per Lind"]


def test_it_and_the_company_mean_the_organization_that_spoke_last():
    text = (
        "Coastline Ferries cut a service. Coastline Ferries said the lock was “a risk”.\n\n"
        "“We will sail again,” the company said. It called the dispute “a storm in a teacup”."
    )
    assert _speakers(text) == ["Coastline Ferries"] * 3


def test_it_means_nobody_when_no_organization_is_near():
    text = "The lock was old.\n\nNobody came. It said “keep out of here” on the door."
    assert _speakers(text) == [None]


def test_an_office_is_read_from_the_words_around_its_holder_only():
    text = "Mayor Ada Okafor met Councillor Per Lind. “It is late,” the mayor said."
    assert _speakers(text) == ["Ada Okafor"]
    roles = {person.name: person.role for person in extract(text).people}
    assert roles == {"Ada Okafor": "Mayor", "Per Lind": "Councillor"}
