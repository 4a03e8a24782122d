"""A form of the desk does its work once; what it did is remembered as long as anybody keeps its page open."""

from datetime import timedelta

import pytest

from articles.models import FormSubmission
from articles.models.form_submissions import KEPT_FOR
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def claim(user, *, path="/a/", form="t", content="c"):
    return FormSubmission.objects.claim(user, path, form, content)


def test_the_same_words_by_the_same_form_are_sent_once():
    user = make_user()
    first, is_first = claim(user)
    assert is_first is True
    assert claim(user) == (first, False)


@pytest.mark.parametrize("other", [{"path": "/b/"}, {"form": "u"}, {"content": "d"}])
def test_another_page_form_or_text_is_something_else_to_do(other):
    user = make_user()
    claim(user)
    assert claim(user, **other)[1] is True
    assert claim(make_user())[1] is True


def test_what_was_sent_by_a_form_is_listed_newest_first():
    user, other = make_user(), make_user()
    rows = [claim(user, content=content)[0] for content in "abc"]
    for elsewhere in ({"path": "/b/"}, {"form": "u"}):
        claim(user, **elsewhere)
    claim(other)
    assert list(FormSubmission.objects.of_form(user, "/a/", "t")) == rows[::-1]


def test_what_the_same_user_sent_long_ago_goes_with_the_next_new_row():
    user, other = make_user(), make_user()
    old, fresh, theirs = claim(user)[0], claim(user, form="u")[0], claim(other)[0]
    age = timedelta(days=2, minutes=1)
    FormSubmission.objects.filter(pk__in=[old.pk, theirs.pk]).update(at=old.at - age)
    claim(user, form="u")
    assert FormSubmission.objects.filter(pk=old.pk).exists(), "sent again: nothing is new"
    new, _ = claim(user, form="v")
    assert set(FormSubmission.objects.all()) == {fresh, theirs, new}


def test_a_row_goes_after_two_days_to_the_instant():
    user = make_user()
    old, _ = claim(user)
    FormSubmission.objects.filter(pk=old.pk).update(at=old.at + timedelta(days=9))
    claim(user, form="u")
    assert FormSubmission.objects.filter(pk=old.pk).exists()
    assert timedelta(days=2) == KEPT_FOR


def test_a_row_answers_for_the_first_time_unless_it_is_marked():
    assert FormSubmission().is_repeated is False
    row, _ = claim(make_user())
    assert str(row) == f"/a/, {row.at:%Y-%m-%d %H:%M}"
