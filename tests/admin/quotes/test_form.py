"""The form of a quote: a source who is not named, what is off the record or under embargo, where it was said."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Edition, Quote
from articles.publishing import publish, schedule
from articles.roles import make_roles
from tests.admin.forms import fields_of, messages_of
from tests.factories import make_article, make_person, make_quote, make_user
from tests.marks import marks

pytestmark = pytest.mark.django_db


@pytest.fixture
def quote(db) -> Quote:
    article = make_article(body_html="<p>“It holds,” a diver said.</p>")
    return make_quote(article, "It holds", unnamed="a diver", approved_at=None)


def address_of(quote: Quote, page: str = "change") -> str:
    return reverse(f"admin:articles_quote_{page}", args=[quote.pk])


def save(client, quote: Quote, *, button: str = "_save", **changes):
    data = fields_of(client.get(address_of(quote)), "quote_form") | changes | {button: "1"}
    response = client.post(address_of(quote), data, follow=True)
    quote.refresh_from_db()
    return response


def local(at) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")


def test_the_form_keeps_what_was_said_where_and_how_it_was_translated(chief_client, quote):
    save(
        chief_client,
        quote,
        said_where="in Sund harbour",
        locator="00:14:05",
        is_translated="on",
        original_language="nb",
    )
    assert (quote.said_where, quote.locator, quote.original_language) == (
        "in Sund harbour",
        "00:14:05",
        "nb",
    )
    page = chief_client.get(address_of(quote, "history")).content.decode()
    for phrase in ("in Sund harbour", "00:14:05", marks(added="nb")):
        assert phrase in page


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"original_language": "nb"}, "Tick “translated” too"),
        ({"original_language": "not a tag", "is_translated": "on"}, "Write a language tag"),
        ({"embargoed_until": "soon"}, "Enter a valid date/time"),
        ({"embargoed_until": "0001-01-01T00:00"}, "between 1000 and 2999"),
        ({"said_on": "0999-12-31"}, "between 1000 and 2999"),
        ({"locator": "x" * 61}, "at most 60 characters"),
        ({"said_where": "x" * 161}, "at most 160 characters"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(chief_client, quote, changes, error):
    response = save(chief_client, quote, **changes)
    assert response.status_code == 200
    assert error in response.content.decode()


def test_the_form_says_that_no_identity_is_kept(chief_client, quote):
    page = chief_client.get(address_of(quote)).content.decode()
    assert "Who it is belongs in no field of this desk." in page


def test_a_source_is_approved_on_purpose_and_the_history_says_by_whom(chief_client, chief, quote):
    save(chief_client, quote, role="diver")
    assert quote.approved_at is None, "another field says nothing of the source"
    assert "Nobody has approved yet" in chief_client.get(address_of(quote)).content.decode()
    save(chief_client, quote, button="_approve")
    assert quote.approved_by == chief
    page = chief_client.get(address_of(quote)).content.decode()
    assert "Approved by chief, " in page
    assert 'name="_approve"' not in page
    assert marks(added="chief") in chief_client.get(address_of(quote, "history")).content.decode()


def test_who_may_approve_does_so_by_writing_the_description(chief_client, chief, quote):
    save(chief_client, quote, unnamed="a diver of the port")
    assert (quote.unnamed, quote.approved_by) == ("a diver of the port", chief)


def log_in_quote_editor(client) -> None:
    """Log in somebody who may change quotes and not approve sources."""
    from django.contrib.auth.models import Permission

    make_roles()
    user = make_user(groups=("reporter",))
    user.user_permissions.add(Permission.objects.get(codename="change_quote"))
    client.force_login(user)


@pytest.mark.parametrize("changes", [{"unnamed": "a foreman"}, {"unnamed_reason": "Her safety."}])
def test_another_description_or_reason_by_others_takes_the_approval_back(client, quote, changes):
    Quote.objects.update(approved_at=timezone.now())
    log_in_quote_editor(client)
    save(client, quote, role="diver")
    assert quote.approved_at is not None
    save(client, quote, **changes)
    assert quote.approved_at is None
    save(client, quote, button="_approve")
    assert quote.approved_at is None
    assert 'name="_approve"' not in client.get(address_of(quote)).content.decode()


def test_a_speaker_who_is_named_after_all_takes_the_approval_along(chief_client, quote):
    save(chief_client, quote, button="_approve")
    save(chief_client, quote, unnamed="", person=make_person("Tomas Reve").pk)
    assert (quote.speaker, quote.approved_by, quote.approved_at) == ("Tomas Reve", None, None)
    assert quote.unnamed_reason == ""


@pytest.mark.parametrize("field", ["is_off_record", "embargoed_until"])
def test_a_schedule_does_not_take_words_along_that_are_kept_back(chief_client, quote, field):
    save(chief_client, quote, button="_approve")
    at = timezone.now() + timedelta(hours=2)
    schedule(quote.article, by=None, at=at)
    value = "on" if field == "is_off_record" else local(at + timedelta(hours=1))
    response = save(chief_client, quote, **{field: value})
    assert "is cancelled" in messages_of(response)
    assert not Edition.objects.exists()


def test_words_that_readers_have_already_are_told_to_the_editor(chief_client, quote):
    save(chief_client, quote, button="_approve")
    publish(quote.article, by=None)
    response = save(chief_client, quote, is_off_record="on")
    assert "Readers have these words already." in messages_of(response)
    assert Edition.objects.listed().exists()
    assert "Readers have these words" not in messages_of(save(chief_client, quote, role="diver"))


def test_the_list_finds_what_waits_for_approval_and_what_is_kept_back(chief_client, quote):
    person = make_person("Ada Lund")
    off = make_quote(make_article(), "First", person=person, is_off_record=True)
    later = timezone.now() + timedelta(hours=1)
    embargoed = make_quote(make_article(), "First", person=person, embargoed_until=later)

    def listed(source: str) -> set[Quote]:
        address = reverse("admin:articles_quote_changelist")
        return set(chief_client.get(address, {"source": source}).context["cl"].result_list)

    assert listed("unapproved") == listed("unnamed") == {quote}
    assert listed("off") == {off}
    assert listed("embargoed") == {embargoed}
    assert listed("nonsense") == {quote, off, embargoed}
