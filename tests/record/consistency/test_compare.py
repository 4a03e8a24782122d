"""Whether readers have the record, asked twice: as a whole, and fact by fact."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Article, Edition
from articles.publishing import publish, record_is_outdated
from articles.record.consistency.outdated import outdated_among
from tests.factories import (
    make_article,
    make_membership,
    make_organization,
    make_person,
    make_quote,
)

pytestmark = pytest.mark.django_db
DAY = datetime(2025, 6, 1, 12, tzinfo=UTC)
WORDS = "The quay will not hold another winter."
BODY = f"<p>“{WORDS}” said Ada Lund. “We counted every pile.” Tomas Reve listened.</p>"
CHANGES = st.lists(
    st.sampled_from(
        "name slug role end second quote speaker unnamed where mention filed parts".split()
    ),
    max_size=3,
)


def change(name: str, story: Article, ada, port) -> None:
    """Change one thing of the record that ``story`` is about."""
    quotes = story.quotes.all()
    changes = {
        "name": lambda: type(ada).objects.filter(pk=ada.pk).update(name="Ada Lundh"),
        "slug": lambda: type(port).objects.filter(pk=port.pk).update(slug="elsewhere"),
        "role": lambda: ada.memberships.update(role="Harbour Master"),
        "end": lambda: ada.memberships.update(end_date="2021"),
        "second": lambda: make_membership(ada, port, "pilot", start_date="2023"),
        "quote": lambda: quotes.delete(),
        "speaker": lambda: quotes.update(person=make_person("Tomas Reve"), unnamed=""),
        "unnamed": lambda: quotes.update(person=None, unnamed="an official"),
        "where": lambda: quotes.update(said_where="in Sund"),
        "mention": lambda: story.mentions.create(
            person=make_person("Tomas Reve"), name="Tomas Reve", spans=[[1, 2]]
        ),
        "filed": lambda: story.organizations.add(make_organization("Guild")),
        "parts": lambda: quotes.update(text="other words") if quotes else None,
    }
    changes[name]()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=CHANGES)
def test_of_one_text_there_is_a_fact_exactly_when_the_record_is_behind(changes):
    port, ada = make_organization("Port of Sund"), make_person("Ada Lund")
    make_membership(ada, port, "harbour master", start_date="2020")
    story = make_article(body_html=BODY, published_at=DAY)
    make_quote(story, WORDS, person=ada)
    live = publish(story, by=None)
    for change_name in changes:
        change(change_name, story, ada, port)
    whole = Article.objects.with_everything().get(pk=story.pk)
    assert bool(outdated_among(list(Edition.objects.filter(pk=live.pk)))) == record_is_outdated(
        whole, live
    )
