"""What is suggested when stories come in: never a fact, never asked twice."""

import pytest
from django.core.management import call_command

from articles.importing.pipeline.run import ImportOptions, run_import
from articles.models import Article, Mention, Quote, Suggestion
from articles.record import SpeakerChoice, accept_suggestion, reject_suggestion
from tests.factories import make_person, make_user

pytestmark = pytest.mark.django_db
STORY = """Id: quay-1
Version: {version}
Headline: Quay to close
Date: 2026-03-01 08:00

SUND – The mayor, Ada Lund, said the quay was “beyond repair”.

“We looked at every pile of it,” she told reporters. {more}
"""


@pytest.fixture
def bring_in(tmp_path):
    def run(version: int = 1, more: str = "", **options):
        path = tmp_path / "quay.txt"
        path.write_text(STORY.format(version=version, more=more), encoding="utf-8")
        return run_import([str(path)], ImportOptions(source="test", **options))

    return run


def texts(state: str) -> set[str]:
    return {row.found["text"] for row in Suggestion.objects.quotes().likely().filter(state=state)}


def test_quotes_and_names_are_suggested_with_whom_they_may_mean(bring_in):
    ada = make_person("Ada Lund")
    bring_in()
    suggestion = Suggestion.objects.quotes().get(found__text="beyond repair")
    assert (suggestion.found["role"], suggestion.found["cue"], suggestion.pattern) == (
        "mayor",
        "said",
        "before",
    )
    assert suggestion.candidates == [
        {"kind": "person", "pk": ada.pk, "name": "Ada Lund", "score": 1.0},
    ]
    body = Article.objects.get().body_html
    assert "beyond repair" in body
    assert Suggestion.objects.filter(kind="mention", found__name="Ada Lund").count() == 1
    assert not Quote.objects.exists()
    assert not Mention.objects.exists()


def test_nothing_is_looked_for_when_the_operator_says_so(bring_in, tmp_path):
    bring_in(suggest=False)
    bring_in(version=2, more="And more.", suggest=False)
    call_command("import_articles", str(tmp_path), "--no-suggest", "--source", "x", verbosity=0)
    assert Article.objects.count() == 2
    assert not Suggestion.objects.exists()


def test_publishing_a_trusted_source_publishes_no_suggestion(bring_in):
    bring_in(publish=True)
    article = Article.objects.get()
    edition = article.editions.get()
    assert edition.quotes == []
    assert edition.people == []
    assert texts("open") == {"beyond repair", "We looked at every pile of it,"}


def test_the_same_again_asks_nothing_again(bring_in):
    bring_in()
    before = list(Suggestion.objects.values_list("pk", "state"))
    bring_in()
    assert list(Suggestion.objects.values_list("pk", "state")) == before


def test_a_newer_version_keeps_what_was_decided_and_asks_only_what_is_new(bring_in):
    editor = make_user()
    bring_in()
    accept_suggestion(
        Suggestion.objects.quotes().get(found__text="beyond repair"),
        by=editor,
        choice=SpeakerChoice("new-person", name="Ada Lund"),
    )
    reject_suggestion(
        Suggestion.objects.quotes().get(found__text="We looked at every pile of it,"), by=editor
    )
    bring_in(version=2, more="“It is over,” she said.")
    assert texts("rejected") == {"We looked at every pile of it,"}
    assert texts("open") == {"It is over,"}
    assert Quote.objects.get().state == "confirmed"


def test_a_newer_version_without_the_words_detaches_the_quote_and_waits(bring_in, tmp_path):
    bring_in(publish=True)
    accept_suggestion(
        Suggestion.objects.quotes().get(found__text="We looked at every pile of it,"),
        by=make_user(),
        choice=SpeakerChoice("new-person", name="Ada Lund"),
    )
    path = tmp_path / "quay.txt"
    changed = STORY.format(version=2, more="").replace("every pile of it", "it")
    path.write_text(changed, encoding="utf-8")
    report = run_import([str(path)], ImportOptions(source="test", publish=True))
    assert report.waiting == 1
    assert "no longer in the text" in report.notes[0]
    assert Quote.objects.get().state == "detached"
    assert "every pile" in Article.objects.get().editions.get().body_text


def test_a_hundred_stories_take_as_many_queries_as_two(tmp_path, django_assert_max_num_queries):
    for number in range(100):
        path = tmp_path / f"{number}.txt"
        path.write_text(STORY.format(version=1, more="").replace("quay-1", f"quay-{number}"))
    with django_assert_max_num_queries(60):
        run_import([str(tmp_path)], ImportOptions(source="many"))
    assert Suggestion.objects.quotes().likely().count() == 200
