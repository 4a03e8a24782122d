"""Which texts are saved is known for as long as a browser keeps drafts of them."""

import pytest

from articles import clock
from articles.models import SavedForm
from articles.models.saved_forms import KNOWN_FOR
from articles.models.unsaved_forms import OFFERED_FOR
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_the_newest_come_first_and_each_once():
    nia = make_user(username="nia")
    for token in ("first", "second", "first"):
        SavedForm.objects.record(nia, token)
    SavedForm.objects.record(make_user(username="tom"), "his")
    assert SavedForm.objects.tokens_of(nia) == ["first", "second"]


def test_rows_go_when_no_browser_has_their_draft_any_more():
    assert KNOWN_FOR == OFFERED_FOR
    nia = make_user(username="nia")
    SavedForm.objects.record(nia, "old")
    SavedForm.objects.update(at=clock.now() - KNOWN_FOR)
    assert SavedForm.objects.tokens_of(nia) == []
    SavedForm.objects.record(nia, "new")
    assert SavedForm.objects.get().token == "new"
