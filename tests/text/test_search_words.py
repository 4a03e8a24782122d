from articles.text.search_words import describe_omitted, limit_words, omitted_words

EIGHT = "one two three four five six seven eight"


def test_eight_words_are_looked_for():
    assert limit_words(f"  {EIGHT.replace(' ', '  ')} nine ten") == EIGHT
    assert omitted_words(f"{EIGHT} nine ten") == "nine ten"


def test_what_is_left_out_is_said_and_nothing_when_nothing_is():
    assert describe_omitted(EIGHT) == ""
    assert str(describe_omitted(f"{EIGHT} nine")).endswith("Left out: nine")
    assert len(str(describe_omitted("word " * 5_000))) < 260
