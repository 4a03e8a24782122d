"""The hours in which the clocks change: what is stored stays, what is typed is asked about in words."""

from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.urls import reverse
from django.utils import timezone

from articles.admin.local_time import LocalTimeField
from articles.models import Edition, User
from tests.factories import make_article, make_live, make_quote

from .forms import fields_of, form_of, messages_of, send

LONDON, SYDNEY = "Europe/London", "Australia/Sydney"
FIRST, SECOND = (datetime(2025, 10, 26, hour, 30, tzinfo=UTC) for hour in (0, 1))


class Form(forms.Form):
    at = LocalTimeField()


def bound_form(text: str, stored: datetime | None = None) -> Form:
    return Form({"at": text}, initial={"at": stored})


@pytest.mark.parametrize("stored", [FIRST, SECOND])
@pytest.mark.parametrize("change", [{}, {"microsecond": 77}, {"second": 9, "microsecond": 5}])
def test_a_time_that_was_not_touched_is_not_read_anew(settings, stored, change):
    settings.TIME_ZONE = LONDON
    stored = stored.replace(**change)
    display_value = Form(initial={"at": stored})["at"].value()
    text = Form.base_fields["at"].widget.format_value(display_value)
    for posted in (text, f"{display_value:%Y-%m-%dT%H:%M:%S}"):
        form = bound_form(posted, stored)
        assert form.is_valid()
        assert form.cleaned_data["at"] == stored
        assert form.changed_data == []


def test_a_stored_time_that_comes_twice_is_shown_with_its_zone(settings):
    settings.TIME_ZONE = LONDON
    for stored, name in ((FIRST, "BST"), (SECOND, "GMT")):
        html = str(Form(initial={"at": stored})["at"])
        assert 'type="text"' in html
        assert f'value="2025-10-26 01:30 {name}"' in html
    assert 'type="datetime-local"' in str(Form(initial={"at": FIRST + timedelta(days=1)})["at"])


@pytest.mark.parametrize(
    ("zone", "text", "sentence"),
    [
        (
            LONDON,
            "2027-10-31T01:30",
            "01:30 comes twice on 31 October 2027, when the clocks go back: first as 01:30 BST, then again as "
            "01:30 GMT. Say which: write 2027-10-31 01:30 BST or 2027-10-31 01:30 GMT.",
        ),
        (
            SYDNEY,
            "2027-04-04T02:15",
            "02:15 comes twice on 4 April 2027, when the clocks go back: first as 02:15 AEDT, then again as "
            "02:15 AEST. Say which: write 2027-04-04 02:15 AEDT or 2027-04-04 02:15 AEST.",
        ),
        (
            "America/Sao_Paulo",
            "2018-02-17T23:30",
            "23:30 comes twice on 17 February 2018, when the clocks go back: first as 23:30 -02:00, then again as "
            "23:30 -03:00. Say which: write 2018-02-17 23:30 -02:00 or 2018-02-17 23:30 -03:00.",
        ),
        (
            LONDON,
            "2027-03-28T01:30",
            "01:30 does not exist on 28 March 2027: the clocks go forward then. The next time is 02:00.",
        ),
        (
            SYDNEY,
            "2027-10-03T02:59:30",
            "02:59 does not exist on 3 October 2027: the clocks go forward then. The next time is 03:00.",
        ),
    ],
)
def test_a_time_that_comes_twice_or_never_is_explained(settings, zone, text, sentence):
    settings.TIME_ZONE = zone
    form = bound_form(text, SECOND + timedelta(days=1))
    assert form.errors["at"] == [sentence]
    assert ('type="text"' in str(form["at"])) == ("twice" in sentence)


@pytest.mark.parametrize(
    ("zone", "text", "at"),
    [
        (LONDON, "2027-10-31 01:30 BST", datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        (LONDON, "2027-10-31 01:30 gmt", datetime(2027, 10, 31, 1, 30, tzinfo=UTC)),
        (LONDON, "2027-10-31T01:30+01:00", datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        (LONDON, "2027-10-31 01:30 +00:00", datetime(2027, 10, 31, 1, 30, tzinfo=UTC)),
        (LONDON, "2027-07-01 01:30 BST", datetime(2027, 7, 1, 0, 30, tzinfo=UTC)),
        (SYDNEY, "2027-04-04 02:15 AEST", datetime(2027, 4, 3, 16, 15, tzinfo=UTC)),
        ("America/Sao_Paulo", "2018-02-17 23:30 -03:00", datetime(2018, 2, 18, 2, 30, tzinfo=UTC)),
    ],
)
def test_an_editor_can_say_which_of_the_two_it_is(settings, zone, text, at):
    settings.TIME_ZONE = zone
    form = bound_form(text)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["at"] == at


@pytest.mark.parametrize(
    "text", ["2027-07-01 01:30 GMT", "2027-10-31 01:30 CET", "soon", "0001-01-01T00:00"]
)
def test_what_is_no_time_here_is_refused(settings, text):
    settings.TIME_ZONE = LONDON
    assert bound_form(text).errors["at"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["published_at", "embargoed_until"])
@pytest.mark.parametrize("stored", [FIRST, SECOND])
def test_a_story_dated_in_the_double_hour_can_be_saved(chief_client, settings, name, stored):
    settings.TIME_ZONE = LONDON
    article = make_article(source="wire", **{name: stored})
    send(chief_client, article, headline="A better one")
    article.refresh_from_db()
    assert (article.headline, getattr(article, name)) == ("A better one", stored)


@pytest.mark.django_db
def test_the_second_of_two_hours_can_be_scheduled(chief_client, settings):
    settings.TIME_ZONE = LONDON
    year = timezone.now().year + 1
    last = max(day for day in range(25, 32) if datetime(year, 10, day).weekday() == 6)
    article, text = make_article(), f"{year}-10-{last} 01:30"
    page = send(chief_client, article, button="_schedule", schedule_at=text)
    assert "comes twice" in page.content.decode()
    assert not Edition.objects.exists()
    message = messages_of(
        send(chief_client, article, button="_schedule", schedule_at=f"{text} GMT")
    )
    assert "Scheduled" in message
    assert Edition.objects.get().starts_at == datetime(year, 10, last, 1, 30, tzinfo=UTC)


@pytest.mark.django_db
def test_a_time_brought_in_from_another_editor_stays(chief_client, settings):
    settings.TIME_ZONE = LONDON
    article = make_article()
    mine = fields_of(chief_client.get(form_of(article)), "article_form") | {"headline": "Mine"}
    send(chief_client, article, published_at="2025-10-26 01:30 BST")
    page = chief_client.post(form_of(article), mine | {"_save": "1"})
    assert page.status_code == 409
    chief_client.post(form_of(article), fields_of(page, "article_form") | {"_save": "1"})
    article.refresh_from_db()
    assert (article.headline, article.published_at) == ("Mine", FIRST)


@pytest.mark.django_db
def test_a_quote_and_an_account_keep_such_a_time_too(chief_client, chief, settings):
    settings.TIME_ZONE = LONDON
    live = make_live(body_html="<p>“We will rebuild the pier,” she said.</p>")
    quote = make_quote(live.article, "We will rebuild the pier,", embargoed_until=SECOND)
    address = reverse("admin:articles_quote_change", args=[quote.pk])
    fields = fields_of(chief_client.get(address), "quote_form") | {"locator": "12:40"}
    chief_client.post(address, fields | {"_save": "1"})
    quote.refresh_from_db()
    assert (quote.locator, quote.embargoed_until) == ("12:40", SECOND)
    User.objects.filter(pk=chief.pk).update(date_joined=FIRST, is_superuser=True)
    address = reverse("admin:articles_user_change", args=[chief.pk])
    fields = fields_of(chief_client.get(address), "user_form") | {"first_name": "Ada"}
    chief_client.post(address, fields | {"_save": "1"})
    chief.refresh_from_db()
    assert (chief.first_name, chief.date_joined) == ("Ada", FIRST)
