"""What a wire glues to its story is known for what it is; what only looks like it stays."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.headlines import derive_headline
from articles.text.whitespace import has_french_spacing, normalize_whitespace
from articles.text.wire_copy import (
    is_crosshead,
    is_promo,
    is_reporting_note,
    parse_byline,
    parse_credit,
    parse_date_line,
    parse_dateline,
    proper_case,
)


@pytest.mark.parametrize(
    ("line", "place", "agency"),
    [
        *(("MARRAM – ", "Marram", ""), ("MARRAM - ", "Marram", ""), ("MARRAM -- ", "Marram", "")),
        *(("MARRAM — ", "Marram", ""), ("MARRAM _ ", "Marram", ""), ("MARRAM: ", "Marram", "")),
        *(("Marram – ", "Marram", ""), ("New York – ", "New York", ""), ("ROME – ", "Rome", "")),
        ("BERLIN, Feb 12 (Reuters) - ", "Berlin", "Reuters"),
        ("Berlin (dpa) - ", "Berlin", "dpa"),
        ("TULSA, Okla. (AP) — ", "Tulsa, Okla.", "AP"),
        ("Tokyo, April 12 Kyodo - ", "Tokyo", "Kyodo"),
        ("Paris (ats afp) ", "Paris", "ATS, AFP"),
        ("RIO DE JANEIRO – ", "Rio de Janeiro", ""),
        ("PORT-AU-PRINCE, Haiti – ", "Port-au-Prince, Haiti", ""),
        ("L’AQUILA/ROME – ", "L’Aquila/Rome", ""),
        ("WASHINGTON, D.C. – ", "Washington, D.C.", ""),
        ("ÅRHUS – ", "Århus", ""),
    ],
)
def test_dateline_is_parted_from_the_story(line: str, place: str, agency: str) -> None:
    assert parse_dateline(f"{line}The harbour opened.") == (len(line), place, agency)


@pytest.mark.parametrize(
    "line",
    [
        *(
            "The harbour – the oldest on the coast – opened.",
            "Marram – the oldest harbour – opened.",
        ),
        *(
            "LIVE: The harbour opened.",
            "NATO: Ministers meet.",
            "NATO – Ministers meet.",
            "Warning: Storm",
        ),
        *(
            "Marram - England’s harbour - was open.",
            "The mayor said: Nothing.",
            "Mr Roe – A man",
            "MARRAM –",
        ),
        *("US – China talks", "“MARRAM – yes,” he said.", "He told them (AP) - they said", ""),
    ],
)
def test_a_dash_alone_makes_no_dateline(line: str) -> None:
    assert parse_dateline(line) is None


@pytest.mark.parametrize(
    ("tail", "name"),
    [
        *(
            (" REUTERS", "Reuters"),
            (" Reuter", "Reuters"),
            (" REUTER...", "Reuters"),
            (" REUTER\r", "Reuters"),
        ),
        *(
            (" – AFP", "AFP"),
            (" (AP)", "AP"),
            (" BLOOMBERG", "Bloomberg"),
            (" AFP, REUTERS", "AFP, Reuters"),
        ),
        *(
            (" THE NEW YORK TIMES", "New York Times"),
            (" COASTLINE", "Coastline"),
            (" - dpa", "dpa"),
        ),
        *((" More", ""), (" MORE", ""), (" -30-", ""), (" ENDS", ""), (" ###", "")),
    ],
)
@pytest.mark.parametrize("end", ["“We will see.”", "We will see.", "“Yes”, he said!"])
def test_credit_is_parted_from_the_last_line(end: str, tail: str, name: str) -> None:
    assert parse_credit(end + tail) == (len(end), name)


@pytest.mark.parametrize("line", ["REUTERS", "— Reuters", "(Reuters)"])
def test_credit_may_have_a_line_of_its_own(line: str) -> None:
    assert parse_credit(line) == (0, "Reuters")


@pytest.mark.parametrize(
    "line",
    [
        "He left the CIA.",
        "“Yes,” said Mr. Roe.",
        "They spoke of U.S. NATO",
        "He said “yes” Twice",
        "I like TASS",
        "",
    ],
)
def test_a_last_word_alone_is_no_credit(line: str) -> None:
    assert parse_credit(line) is None


def test_date_line_gives_date_and_promo() -> None:
    assert parse_date_line(" date 2026-02-12 Read us daily") == ("2026-02-12", "Read us daily")
    assert parse_date_line("Date: 2026-02-12 18:30") == ("2026-02-12 18:30", "")
    assert parse_date_line("date 2026-02-12th of that month") is None
    assert parse_date_line("The date 2026-02-12 is set") is None


@pytest.mark.parametrize(
    "line",
    [
        "Sign up now: our letter",
        "Subscribe to our newsletter",
        "READ MORE: The gale",
        "Follow us on the wireless",
    ],
)
def test_what_sells_is_a_promo(line: str) -> None:
    assert is_promo(line)


def test_what_tells_is_no_promo() -> None:
    assert not is_promo("Readers can sign up for the regatta until Monday, the club said.")
    assert not is_promo("Follow us," + " he told the crowd" * 20)


def test_reporting_note_and_byline_are_known() -> None:
    assert is_reporting_note("(Reporting by Jane Roe; Editing by Lev Orlov)")
    assert not is_reporting_note("Reporting the gale was hard.")
    assert parse_byline("By JANE ROE and Lev Orlov") == ["Jane Roe", "Lev Orlov"]
    assert parse_byline("By the end of the day it rained") == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        *(("Three hours outside", True), ("‘No hard feelings’", True), ("10.35 pm: turnout", True)),
        *(
            ("“We will see.”", False),
            ("“Never,” he said.", False),
            ("3,367", False),
            ("and so on", False),
        ),
        *(("What next?", False), ("x" * 81, False), ("", False), ("A " * 13, False)),
    ],
)
def test_crosshead_is_short_and_has_no_end(line: str, expected: bool) -> None:
    assert is_crosshead(line) is expected


def test_capitals_become_a_name() -> None:
    assert proper_case("SAINT-JEAN-DE-LUZ") == "Saint-Jean-de-Luz"
    assert proper_case("Aldermouth") == "Aldermouth"


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        (
            "Five of the crew were towed in on Oct 8 after their trawler lost all power in a gale near the rocks.",
            "Five of the crew were towed in after their trawler lost all power in a gale near the rocks",
        ),
        ("Mr. Roe of No. 3 Wharf has died. He was 90.", "Mr. Roe of No. 3 Wharf has died"),
        ("“All of it.” They laughed.", "‘All of it’"),
        (
            "Harbour policy chief Ana Rua called on Friday for fees to be based on “what ships weigh, not what they "
            "earn” as she arrived for talks in the town.",
            "Ana Rua called for fees to be based on “what ships weigh, not what they earn”",
        ),
        (
            "The council voted to dredge the harbour, ending a year of talks that cost the town two ferries.",
            "The council voted to dredge the harbour",
        ),
        ("…", ""),
    ],
)
def test_headline_is_the_first_sentence_as_far_as_it_goes(text: str, headline: str) -> None:
    assert derive_headline(text) == headline


@given(
    st.text()
    | st.lists(st.sampled_from(["“", "”", "word", "Mr.", ". ", ", ", " as ", "A"])).map(" ".join)
)
def test_a_derived_headline_is_short_and_open_ended(text: str) -> None:
    headline = derive_headline(text)
    assert len(headline) <= 90
    assert headline == headline.strip(" .,;:–—!")


def test_spaces_are_mended() -> None:
    line = "a  b , c .\x03 d\t(e )\r\nf ... 3 , 5 .5"
    assert normalize_whitespace(line, [(0, len(line))])[0] == "a b, c. d (e ) f ... 3, 5 .5"


def test_french_spaces_stay() -> None:
    line = "« Non ! » dit-elle ; il part , enfin ."
    assert has_french_spacing(line)
    assert (
        normalize_whitespace(line, [(0, len(line))], keeps_spaces=True)[0]
        == "« Non ! » dit-elle ; il part, enfin."
    )
    assert not has_french_spacing("No ! he said; yes: no! Never?")


@given(st.text("ab .,!\t\n\r\x03\x85\u2028é", max_size=40), st.integers(0, 40))
def test_each_run_leads_back_to_its_letters(text: str, cut: int) -> None:
    spans = [(0, min(cut, len(text))), (min(cut, len(text)), len(text))]
    line, runs = normalize_whitespace(text, spans)
    assert "  " not in line
    assert line == line.strip(" \t\r\n")
    assert not set(line) & set("\t\n\r\x03\x85\u2028")
    for start, source, length in runs:
        assert line[start : start + length] == text[source : source + length]
    in_runs = {at for start, _, length in runs for at in range(start, start + length)}
    assert {line[at] for at in range(len(line)) if at not in in_runs} <= {" "}


@pytest.mark.parametrize(
    "line", ["A" * 10**6, "A - " * 10**5, ". A" * 10**5, "(" * 10**6, " " * 10**6, "“" * 10**6]
)
def test_a_hostile_line_takes_no_time(line: str) -> None:
    started = time.process_time()
    for function in (
        parse_dateline,
        parse_credit,
        is_crosshead,
        parse_byline,
        parse_date_line,
        is_promo,
        is_reporting_note,
        derive_headline,
    ):
        function(line)
    normalize_whitespace(line, [(0, len(line))], keeps_spaces=has_french_spacing(line))
    assert time.process_time() - started < 3
