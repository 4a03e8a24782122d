"""Which quotes, people and organizations an edition holds, in which order."""

import pytest
from django.utils import translation

from articles.models import Article, Quote
from articles.publishing import compose
from articles.publishing.compose_quotes import by_sort_name
from tests.factories import make_article, make_organization, make_person, make_quote

pytestmark = pytest.mark.django_db
BODY = "<p>“It holds,” said Lund. “For now,” said Reve.</p>"


@pytest.fixture
def article() -> Article:
    return make_article(body_html=BODY)


def composed(article: Article):
    return compose(Article.objects.with_everything().get(pk=article.pk))


def test_a_quote_has_to_be_confirmed_and_to_stand_in_the_text(article):
    detached = make_quote(article, "It holds,", person=make_person("Ada Lund"))
    lost_quote = make_quote(article, "For now,", person=make_person("Tomas Reve"))
    detached.state = Quote.State.DETACHED
    detached.save()
    lost_quote.parts.update(text="For ever,")
    story = composed(article)
    assert (story.quotes, story.people) == ((), ())


def test_an_organization_that_speaks_or_is_spoken_for_is_linked(article):
    port, town = make_organization("Port of Sund"), make_organization("Sund")
    make_quote(article, "It holds,", organization=port)
    make_quote(article, "For now,", person=make_person("Ada Lund"), on_behalf_of=town)
    assert [link.name for link in composed(article).organizations] == ["Port of Sund", "Sund"]


def test_people_stand_by_the_name_that_sorts_them_else_by_their_name(article):
    people = [
        make_person("Bo Reve", sort_name="Reve, Bo"),
        make_person("Carl", sort_name=""),
        make_person("Zoe Berg", sort_name="Berg, Zoe"),
        make_person("Zoe Berg", sort_name="Berg, Zoe"),
    ]
    article.people.set(people)
    names = [link.id for link in composed(article).people]
    assert names == [people[2].pk, people[3].pk, people[1].pk, people[0].pk]
    rows = {person.pk: person for person in reversed(people)}
    assert [pk for pk, _ in by_sort_name(rows)] == names


def test_how_it_was_said_is_kept_as_the_code_has_it(article):
    make_quote(article, "It holds,", person=make_person(), said_how="reporters")
    with translation.override("de"):
        assert composed(article).quotes[0].said_how == "told reporters"
