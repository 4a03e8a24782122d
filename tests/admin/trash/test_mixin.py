"""P1 at the desk: what would go and what keeps it, in words; spiked or put into the trash, one or many, once."""

import pytest
from django.urls import reverse

from articles.models import Article, Author, Image, Person, Tag, TrashEntry
from articles.record.trash.moves import move_to_trash
from articles.roles import make_roles
from tests.admin.forms import fields_of, form_of, messages_of
from tests.factories import (
    make_article,
    make_image,
    make_live,
    make_live_quote,
    make_organization,
    make_person,
    make_tag,
    make_user,
)

pytestmark = pytest.mark.django_db
WHY = "Overtaken by events."


def page_of(row, page: str = "delete") -> str:
    return reverse(f"admin:articles_{row._meta.model_name}_{page}", args=[row.pk])


def list_of(model) -> str:
    return reverse(f"admin:articles_{model._meta.model_name}_changelist")


def confirm(client, row, **fields):
    """Open the page and press its button."""
    data = fields_of(client.get(page_of(row)), "trash_form") | fields
    return client.post(page_of(row), data, follow=True)


def choose(client, rows, **fields):
    """Choose rows in their list and press the button of the page that asks."""
    model = type(rows[0])
    chosen = {
        "action": "move_selected_to_trash",
        "_selected_action": [row.pk for row in rows],
    }
    page = client.post(list_of(model), chosen)
    return client.post(list_of(model), fields_of(page, "trash_form") | fields, follow=True)


def test_a_chief_s_delete_destroys_no_revision(chief_client):
    article = make_article(headline="Ferry")
    for _ in range(7):
        article.create_revision(None)
    text = chief_client.get(page_of(article)).content.decode()
    assert "It takes along, and brings back: 8 revisions." in text
    response = confirm(chief_client, article, reason=WHY)
    assert "1 story is spiked: “Ferry”." in messages_of(response)
    assert not Article.objects.exists()
    assert article.revisions.count() == 9
    assert TrashEntry.objects.get().reason == WHY


@pytest.mark.parametrize("reason", ["", "   "])
def test_the_server_wants_the_reason_of_a_spike(chief_client, reason):
    article = make_article()
    response = confirm(chief_client, article, reason=reason)
    assert response.status_code == 400
    assert "Say why the story is spiked." in response.content.decode()
    assert Article.objects.exists()


def test_a_get_and_a_post_without_the_question_move_nothing(chief_client):
    article = make_article()
    chief_client.get(page_of(article))
    chief_client.post(page_of(article), {"post": "yes", "reason": WHY})
    assert Article.objects.exists()


def test_f3_a_person_with_quotes_is_refused_in_words(chief_client):
    person = make_person("Ada Lund")
    for number in range(3):
        make_live_quote("The ferry stays.", person=person, fields={"headline": f"Story {number}"})
    text = chief_client.get(page_of(person)).content.decode()
    assert "It is quoted in 3 stories: “Story 0”, “Story 1”, “Story 2”." in text
    assert "merge it" in text
    assert "EditionPerson" not in text
    assert "trash_form" not in text
    response = chief_client.post(page_of(person), {"confirmed": "yes"}, follow=True)
    assert "It is quoted in 3 stories" in messages_of(response)
    assert Person.objects.exists()


def test_f3b_a_person_of_a_draft_goes_with_the_draft_named_and_a_revision_of_it(chief_client):
    person = make_person("Ada Lund")
    article = make_article(headline="Harbour plans", people=(person,))
    text = chief_client.get(page_of(person)).content.decode()
    assert "1 story is filed under it: “Harbour plans”." in text
    assert "Article_people" not in text
    confirm(chief_client, person)
    assert not Person.objects.exists()
    assert article.revisions.first().note == "“Ada Lund” was moved to the trash."


@pytest.mark.parametrize(
    "make",
    [
        make_tag,
        make_person,
        make_organization,
        make_image,
        lambda: Author.objects.create(name="Ann Marrow"),
    ],
)
def test_other_rows_need_no_reason(chief_client, make):
    row = make()
    response = confirm(chief_client, row)
    assert "1 row is in the trash" in messages_of(response)
    assert not type(row).objects.filter(pk=row.pk).exists()
    assert type(row).all_objects.filter(pk=row.pk).exists()


def test_what_readers_have_stays(chief_client):
    article = make_live().article
    text = chief_client.get(page_of(article)).content.decode()
    assert "It is live: readers have it." in text
    data = {"confirmed": "yes", "reason": WHY}
    response = chief_client.post(page_of(article), data, follow=True)
    assert "Withdraw it, or cancel the schedule, first." in messages_of(response)
    assert Article.objects.exists()


def test_a_picture_of_a_story_stays(chief_client):
    image = make_image()
    make_article(headline="Pictured", lead_image=image)
    chief_client.post(page_of(image), {"confirmed": "yes"})
    assert Image.objects.exists()


def test_many_are_spiked_at_once_and_what_stays_is_told(chief_client):
    drafts = [make_article(headline=f"Draft {number}") for number in range(4)]
    live = make_live(headline="Readers have this").article
    response = choose(chief_client, [*drafts, live], reason=WHY)
    text = messages_of(response)
    assert "4 stories are spiked" in text
    assert "Readers have this: it stays." in text
    assert "It is live: readers have it." in text
    assert list(Article.objects.all()) == [live]
    assert set(TrashEntry.objects.values_list("reason", flat=True)) == {WHY}


def test_many_are_not_spiked_without_a_reason(chief_client):
    drafts = [make_article(), make_article()]
    assert choose(chief_client, drafts, reason="").status_code == 400
    assert Article.objects.count() == 2


def test_too_many_at_once_are_refused(chief_client):
    tags = [make_tag() for _ in range(101)]
    chosen = {"action": "move_selected_to_trash", "_selected_action": [tag.pk for tag in tags]}
    response = chief_client.post(list_of(Tag), chosen, follow=True)
    assert "At most 100 at once" in messages_of(response)
    assert Tag.objects.count() == 101


def test_no_list_offers_to_delete_what_goes_to_the_trash(chief_client):
    make_tag()
    text = chief_client.get(list_of(Tag)).content.decode()
    assert "delete_selected" not in text
    assert "Move to the trash" in text


def test_the_form_offers_the_trash_in_place_of_the_deletion(chief_client):
    for row, label in ((make_tag(), "Move to the trash…"), (make_article(), "Spike…")):
        text = chief_client.get(page_of(row, "change")).content.decode()
        assert label in text
        assert ">Delete<" not in text


def test_the_same_form_sent_twice_spikes_once(chief_client):
    article = make_article()
    data = fields_of(chief_client.get(page_of(article)), "trash_form") | {"reason": WHY}
    chief_client.post(page_of(article), data)
    response = chief_client.post(page_of(article), data, follow=True)
    assert "That was done already" in messages_of(response)
    assert TrashEntry.objects.count() == 1


def test_who_comes_second_is_told_who_spiked_it_and_why(chief_client, other_client):
    article = make_article(headline="Ferry")
    data = fields_of(other_client.get(page_of(article)), "trash_form") | {"reason": "Mine."}
    confirm(chief_client, article, reason=WHY)
    text = messages_of(other_client.post(page_of(article), data, follow=True))
    assert "“Ferry” is in the trash" in text
    assert f"by chief. {WHY}" in text
    assert TrashEntry.objects.count() == 1


def test_a_form_that_was_open_while_its_story_was_spiked_saves_nothing(chief_client):
    article = make_article(headline="Ferry")
    data = fields_of(chief_client.get(form_of(article)), "article_form")
    move_to_trash(article, by=make_user(username="ann"), reason=WHY)
    data |= {"headline": "Changed", "_save": "1"}
    text = messages_of(chief_client.post(form_of(article), data, follow=True))
    assert "“Ferry” is in the trash" in text
    assert "by ann" in text
    assert Article.all_objects.get().headline == "Ferry"


@pytest.mark.parametrize("role", ["reporter", "editor", "operator"])
def test_who_may_not_delete_may_not_spike(client, role):
    make_roles()
    client.force_login(make_user(groups=(role,)))
    article = make_article()
    data = {"confirmed": "yes", "reason": WHY}
    assert client.post(page_of(article), data).status_code == 403
    chosen = {"action": "move_selected_to_trash", "_selected_action": [article.pk]}
    client.post(list_of(Article), chosen | data)
    assert Article.objects.exists()


def test_a_name_in_the_trash_is_named_on_the_form_of_another(chief_client):
    move_to_trash(make_tag("Ferries"), by=None)
    data = {"name": "Ferries", "kind": "topic", "slug": "", "position": "100"}
    for prefix in ("former_names", "codes"):
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    response = chief_client.post(reverse("admin:articles_tag_add"), data)
    assert response.status_code == 200
    assert "“Ferries” in the trash has this already" in response.content.decode()


def test_an_author_in_the_trash_is_named_on_the_form_of_a_story(chief_client):
    move_to_trash(Author.objects.create(name="Ann Marrow"), by=None)
    article = make_article()
    data = fields_of(chief_client.get(form_of(article)), "article_form")
    data |= {"byline_name": ["Ann Marrow"], "byline_role": [""], "byline_place": ["1"]}
    response = chief_client.post(form_of(article), data | {"_save": "1"})
    assert "In the trash: Ann Marrow." in response.content.decode()
    assert not article.bylines.exists()


@pytest.mark.parametrize(
    ("model", "make", "label"),
    [
        ("article", make_article, "Spike the stories"),
        ("tag", make_tag, "Move to the trash"),
    ],
)
def test_a_list_offers_the_trash_in_its_own_words_and_no_deletion(chief_client, model, make, label):
    make()
    html = chief_client.get(reverse(f"admin:articles_{model}_changelist")).content.decode()
    assert f'<option value="move_selected_to_trash">{label}</option>' in html
    assert "delete_selected" not in html
