"""What is forgotten of a source, and what has nothing to do with it and stays."""

from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import CorrectionDraft, Mention, Merge, MergeStep, Quote, Suggestion
from articles.record import approve_unnamed_source
from articles.record.quotes.unnamed_source import forget_source
from articles.roles import make_roles
from tests.factories import make_article, make_person, make_quote, make_user

pytestmark = pytest.mark.django_db
BODY = "<p>“It holds. For now. Then it falls.” That was all.</p>"
WORDS = "It holds. For now."


@pytest.fixture
def article():
    return make_article(body_html=BODY)


@pytest.fixture
def ada():
    return make_person("Ada Lund")


@pytest.fixture
def quote(article, ada) -> Quote:
    return make_quote(article, WORDS, person=ada)


def forget(quote: Quote) -> None:
    quote.person, quote.unnamed = None, "a diver"
    forget_source(quote, [[part.start, part.end] for part in quote.parts.all()])


def speakers(words: str) -> set[int | None]:
    """Return who was ever on record as the speaker of ``words``."""
    history: Any = Quote.history
    return set(history.filter(text=words).values_list("person_id", flat=True))


@pytest.mark.parametrize("words", ["It holds.", "It holds. For now. Then it falls."])
def test_a_quote_with_shorter_or_longer_words_that_was_taken_off_is_forgotten(
    article, ada, quote, words
):
    make_quote(article, words, person=ada).delete()
    forget(quote)
    assert speakers(words) == {None}


def test_a_quote_with_other_words_that_was_taken_off_is_kept(article, ada, quote):
    make_quote(article, "That was all.", person=ada).delete()
    forget(quote)
    assert speakers("That was all.") == {ada.pk}


def test_a_quote_on_record_with_some_of_the_words_keeps_its_history(article, quote):
    tomas = make_person("Tomas Reve")
    make_quote(article, "It holds.", person=tomas)
    forget(quote)
    assert speakers("It holds.") == {tomas.pk}


def test_a_speaker_whom_no_history_kept_is_forgotten_too(article, ada, quote):
    quote.history.all().delete()
    article.mentions.create(person=ada, name="Ada Lund", spans=[])
    forget(quote)
    assert not Mention.objects.exists()


def draft_survives(quote: Quote, words: str) -> bool:
    draft = CorrectionDraft.objects.create(
        article=quote.article, wrong=words, right="No.", facts=["A fact."]
    )
    forget(quote)
    return CorrectionDraft.objects.filter(pk=draft.pk).exists()


def test_a_draft_that_names_the_source_goes_and_another_stays(quote):
    assert draft_survives(quote, "It was dark.")
    CorrectionDraft.objects.all().delete()
    assert not draft_survives(quote, "It was said by Ada Lund.")


def test_a_draft_that_has_a_name_of_a_merged_row_goes(quote, ada):
    Merge.objects.create(kind="person", gone=ada.pk + 7, survivor=ada.pk, name="Adda Lunt")
    Merge.objects.create(kind="person", gone=ada.pk + 8, survivor=ada.pk + 9, name="Bo Reve")
    Merge.objects.create(kind="organization", gone=ada.pk, survivor=ada.pk + 9, name="Port")
    assert not draft_survives(quote, "It was said by Adda Lunt.")


@pytest.mark.parametrize("name", ["Bo Reve", "Port"])
def test_a_draft_that_has_a_name_of_another_row_stays(quote, ada, name):
    Merge.objects.create(kind="person", gone=ada.pk + 8, survivor=ada.pk + 9, name="Bo Reve")
    Merge.objects.create(kind="organization", gone=ada.pk, survivor=ada.pk + 9, name="Port")
    assert draft_survives(quote, f"It was said by {name}.")


def make_find(article, *parts: list[int], **fields: Any) -> Suggestion:
    values = {"parts": list(parts), "speaker": "Harriet Ollerby", "role": "", "mention": ""}
    return Suggestion.objects.create(
        article=article,
        kind=Suggestion.Kind.QUOTE,
        fingerprint=str(article.suggestions.count()),
        start=parts[0][0],
        end=parts[-1][1],
        confidence=1,
        found=values | {"speaker_type": "person", "text": "x", "cue": "", "basis": "named"},
        **fields,
    )


def test_a_draft_that_has_the_name_of_a_find_of_the_words_goes(article, quote):
    make_find(article, [1, 5])
    assert not draft_survives(quote, "It was said by Harriet Ollerby.")


@pytest.mark.parametrize(
    ("parts", "is_forgotten"),
    [
        ([[0, 1]], False),
        ([[0, 2]], True),
        ([[18, 25]], True),
        ([[19, 25]], False),
        ([[1, 5], [30, 35]], True),
        ([[30, 35], [1, 5]], True),
    ],
)
def test_a_find_that_shares_a_letter_with_the_words_forgets_its_speaker(
    article, quote, parts, is_forgotten
):
    assert [(part.start, part.end) for part in quote.parts.all()] == [(1, 19)]
    find = make_find(article, *parts)
    forget(quote)
    find.refresh_from_db()
    assert (find.found.get("speaker", "") == "") is is_forgotten


def test_the_find_that_became_the_quote_forgets_its_speaker_wherever_it_stood(article, quote):
    find = make_find(article, [30, 35], quote=quote)
    forget(quote)
    find.refresh_from_db()
    assert not find.found.get("speaker")


def test_an_entry_of_the_log_that_names_the_source_is_emptied_and_another_is_not(quote):
    entries = [
        LogEntry.objects.create(
            user=make_user(),
            content_type=ContentType.objects.get_for_model(Quote),
            object_id=str(quote.pk),
            object_repr="x",
            action_flag=CHANGE,
            change_message=message,
        )
        for message in ("Said by Ada Lund.", "Changed the place.")
    ]
    forget(quote)
    for entry in entries:
        entry.refresh_from_db()
    assert [entry.change_message for entry in entries] == ["", "Changed the place."]


def make_mention(article, **fields: Any) -> tuple[Mention, Suggestion, MergeStep]:
    """Return an accepted name that is not printed, the find that it came from, and a step of a merge about it."""
    mention = article.mentions.create(name="Nobody Printed", spans=[], **fields)
    find = make_find(article, [40, 45], mention=mention)
    Suggestion.objects.filter(pk=find.pk).update(kind=Suggestion.Kind.MENTION)
    merge = Merge.objects.create(kind="person", gone=99, survivor=98, name="x")
    step = merge.steps.create(model="articles.mention", row=mention.pk, was={})
    return mention, find, step


def test_a_name_that_is_not_printed_goes_with_its_find_and_its_steps(article, ada, quote):
    theirs = make_mention(article, person=ada)
    others = make_mention(article, person=make_person("Tomas Reve"))
    forget(quote)
    for row, other in zip(theirs, others, strict=True):
        assert not type(row)._default_manager.filter(pk=row.pk).exists()
        assert type(other)._default_manager.filter(pk=other.pk).exists()


def test_a_source_is_approved_under_the_lock_of_the_story(article):
    make_roles()
    quote = make_quote(article, WORDS, approved_at=None)
    chief = make_user(groups=("chief",))
    with CaptureQueriesContext(connection) as queries:
        approve_unnamed_source(quote, by=chief)
    reads = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
    assert 'FROM "articles_article"' in reads[0]
    quote.refresh_from_db()
    assert quote.approved_at is not None
