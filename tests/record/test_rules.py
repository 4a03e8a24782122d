"""The rules of the record that never bend, one test each where no other file holds it.

1 verbatim: ``tests/record/test_verbatim.py`` over random bodies; here, what readers get of it. 2 never misattribute:
``tests/record/decisions/test_accept.py``; here, two people of one name all the way. 3 checks:
``tests/record/checks/test_quote_checks.py``. 4 the role at the time: here. 5 and 6: the tests of stale editions and of
merging. 7 nothing inferred from a name: here.
"""

import pytest

from articles.models import (
    Edition,
    EditionQuote,
    Membership,
    Organization,
    Person,
    Quote,
    Suggestion,
)
from articles.publishing import publish
from articles.record import (
    DecisionError,
    SpeakerChoice,
    accept_clear_suggestions,
    accept_suggestion,
    sync_record,
)
from tests.factories import make_article, make_organization, make_person, make_quote

pytestmark = pytest.mark.django_db
BODY = "<p>“It <em>holds</em> – 🪢 for now,” Ada Lund said. “It hólds,” she said.</p>"


def test_1_what_readers_get_is_the_body_letter_by_letter(ada):
    article = make_article(body_html=BODY)
    make_quote(article, "It holds – 🪢 for now, … It hólds,", person=ada)
    edition = publish(article, by=None)
    (quote,) = edition.composed.quotes
    words = [edition.body_text[start:end] for start, end in quote.parts]
    assert words == ["It holds – 🪢 for now,", "It hólds,"]
    assert " … ".join(words) == quote.text == EditionQuote.objects.get().text


def test_1_words_that_an_edit_took_away_go_to_no_reader(ada):
    article = make_article(body_html=BODY)
    quote = make_quote(article, "It hólds,", person=ada)
    article.body_html = BODY.replace("hólds", "holds")
    article.save()
    sync_record(article, by=None)
    quote.refresh_from_db()
    assert quote.state == Quote.State.DETACHED
    with pytest.raises(Exception, match="no longer in the text"):
        publish(article, by=None)
    assert not Edition.objects.exists()


@pytest.fixture
def ada() -> Person:
    return make_person("Ada Lund")


def test_2_two_people_of_one_name_stay_two_until_somebody_says_which(ada, editor):
    same_name = make_person("Ada Lund", slug="ada-lund-2")
    article = make_article(body_html="<p>“It holds for now,” Ada Lund said.</p>")
    sync_record(article, by=None)
    assert accept_clear_suggestions(article, by=editor, least=0) == 0
    assert not Quote.objects.exists()
    suggestion = article.suggestions.quotes().get()
    with pytest.raises(DecisionError, match="Choose who it is"):
        accept_suggestion(suggestion, by=editor)
    assert (
        accept_suggestion(
            suggestion, by=editor, choice=SpeakerChoice("person", same_name.pk)
        ).person
        == same_name
    )


def test_2_a_surname_alone_is_nobody_where_two_people_bear_it(ada, editor):
    make_person("Otto Lund")
    article = make_article(body_html="<p>“It holds for now,” Lund said.</p>")
    sync_record(article, by=None)
    accept_clear_suggestions(article, by=editor, least=0)
    assert not Quote.objects.exists()
    assert article.suggestions.quotes().get().state == Suggestion.State.OPEN


def test_2_no_find_becomes_a_fact_by_itself(ada):
    article = make_article(body_html="<p>“It holds for now,” Ada Lund said.</p>")
    sync_record(article, by=None)
    assert publish(article, by=None).composed.quotes == ()
    assert not Quote.objects.exists()


def test_4_todays_role_rewrites_no_old_edition(ada):
    port = make_organization("Port of Sund")
    membership = Membership.objects.create(
        person=ada, organization=port, role="harbour master", is_confirmed=True, is_public=True
    )
    article = make_article(body_html="<p>“It holds,” she said.</p>")
    make_quote(article, "It holds,", person=ada)
    edition = publish(article, by=None)
    membership.role, membership.organization = "mayor", make_organization("Town of Sund")
    membership.save()
    edition.refresh_from_db()
    assert edition.composed.quotes[0].role.startswith("harbour master")
    assert EditionQuote.objects.get(edition=edition).role.startswith("harbour master")
    assert edition.composed.quotes[0].said_for.name == "Port of Sund"


def test_4_a_role_that_ended_is_still_the_one_it_was_said_in(ada):
    port = make_organization("Port of Sund")
    for role, start, end in (("diver", "2019", "2020-06-30"), ("harbour master", "2020-07-01", "")):
        Membership.objects.create(
            person=ada,
            organization=port,
            role=role,
            start_date=start,
            end_date=end,
            is_confirmed=True,
            is_public=True,
        )
    article = make_article(body_html="<p>“It holds,” she said.</p>")
    make_quote(article, "It holds,", person=ada, said_on="2020-06-30")
    assert publish(article, by=None).composed.quotes[0].role.startswith("diver")


def test_7_a_name_alone_says_nothing_more_of_a_person(editor):
    article = make_article(body_html="<p>“It holds for now,” Mr Gro Harlem Okafor said.</p>")
    sync_record(article, by=None)
    suggestion = article.suggestions.quotes().get()
    person = accept_suggestion(
        suggestion, by=editor, choice=SpeakerChoice("new-person", name="Gro Harlem Okafor")
    ).person
    values = {field.name: getattr(person, field.name) for field in Person._meta.concrete_fields}
    allowed = {"id", "name", "slug", "sort_name", "is_confirmed"}
    assert [name for name, value in values.items() if value and name not in allowed] == []
    assert not person.memberships.exists()


@pytest.mark.parametrize("model", [Person, Organization, Quote, EditionQuote, Suggestion])
def test_7_no_row_has_a_place_for_what_could_be_inferred(model):
    inferred = {
        "gender",
        "sex",
        "origin",
        "ethnicity",
        "nationality",
        "religion",
        "race",
        "pronoun",
    }
    assert {field.name for field in model._meta.get_fields()} & inferred == set()
