"""P1 at the desk: the trash says what, who, when and why; what lies there is nowhere else and comes back whole."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from articles.models import Article, Suggestion, Tag, TrashEntry
from articles.record import sync_record
from articles.record.trash.moves import move_to_trash
from tests.admin.forms import messages_of
from tests.factories import (
    make_article,
    make_image,
    make_organization,
    make_person,
    make_quote,
    make_tag,
    make_user,
)

pytestmark = pytest.mark.django_db
WHY = "Overtaken by events."
TRASH = reverse("admin:articles_trashentry_changelist")


def restore_address(entry: TrashEntry) -> str:
    return reverse("admin:articles_trashentry_restore", args=[entry.pk])


def test_the_trash_says_what_who_when_and_why(chief_client):
    article = make_article(headline="Ferry")
    entry = move_to_trash(article, by=make_user(username="ann"), reason=WHY)
    page = chief_client.get(TRASH).content.decode()
    for text in ("Ferry", "spiked story", "ann", WHY, f"{entry.at:%Y}", restore_address(entry)):
        assert text in page


def test_the_desk_leads_to_the_trash(chief_client):
    assert TRASH in chief_client.get(reverse("admin:index")).content.decode()


def test_restored_at_one_press(chief_client, chief):
    entry = move_to_trash(make_article(headline="Ferry"), by=None, reason=WHY)
    response = chief_client.post(restore_address(entry), follow=True)
    assert "Ferry is back, with all that belongs to it." in messages_of(response)
    assert Article.objects.get().headline == "Ferry"
    entry.refresh_from_db()
    assert entry.restored_by == chief
    assert "Nothing" not in messages_of(response)
    assert restore_address(entry) not in response.content.decode()


def test_restored_twice_is_once(chief_client):
    entry = move_to_trash(make_article(), by=None, reason=WHY)
    chief_client.post(restore_address(entry))
    text = messages_of(chief_client.post(restore_address(entry), follow=True))
    assert "is back already, since" in text
    assert Article.objects.get().revisions.count() == 3


def test_many_are_restored_at_once(chief_client):
    entries = [move_to_trash(make_tag(), by=None) for _ in range(3)]
    chosen = {"action": "restore_selected", "_selected_action": [entry.pk for entry in entries]}
    chief_client.post(TRASH, chosen)
    assert Tag.objects.count() == 3


def test_only_who_may_put_it_away_sees_it_and_brings_it_back(client):
    user = make_user()
    user.user_permissions.add(Permission.objects.get(codename="delete_tag"))
    user.user_permissions.add(Permission.objects.get(codename="view_tag"))
    client.force_login(user)
    story = move_to_trash(make_article(headline="Ferry"), by=None, reason=WHY)
    tag = move_to_trash(make_tag("Harbour"), by=None)
    page = client.get(TRASH).content.decode()
    assert "Harbour" in page
    assert "Ferry" not in page
    assert client.post(restore_address(story)).status_code == 404
    assert client.post(restore_address(tag)).status_code == 302
    assert (Article.objects.count(), Tag.objects.count()) == (0, 1)


@pytest.fixture
def secrets(chief_client) -> dict[str, str]:
    """Put away one row of each kind, and give their names and where they stood."""
    speaker = make_person("Paula Speaker")
    article = make_article(
        headline="Zephyrine plans",
        body_html="<p>“Marmalade for everybody,” said Paula Speaker. “So we go on,” said Quim Hale.</p>",
    )
    sync_record(article, by=None)
    make_quote(article, "Marmalade for everybody,", person=speaker)
    article.replies.create(name="Replyperson")
    move_to_trash(article, by=None, reason=WHY)
    person = make_person("Paula Leakperson")
    person.other_names.create(name="Leakalias Penn")
    rows = [
        make_tag("Leaktag", kind="section"),
        person,
        make_organization("Leakbody Trust"),
        make_image(name="leakpicture.jpg"),
    ]
    for row in rows:
        move_to_trash(row, by=None)
    return {"story": form_address(article)}


def form_address(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


WORDS = "Zephyrine Marmalade Quim Replyperson Leaktag Leakperson Leakbody leakpicture Leakalias"
LISTS = "article person organization tag image author quote rightofreply waitingchange".split()


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("query", ["", "?q=leak", "?q=Marmalade"])
def test_no_list_shows_what_is_in_the_trash(chief_client, secrets, name, query):
    page = chief_client.get(reverse(f"admin:articles_{name}_changelist") + query).content.decode()
    words = [word for word in WORDS.split() if word not in query]
    assert [word for word in words if word in page] == []


@pytest.mark.parametrize(
    "address",
    [
        reverse("admin:index"),
        reverse("admin:articles_article_queue"),
        reverse("admin:articles_article_add"),
        reverse("admin:articles_quote_audit"),
        reverse("admin:articles_person_duplicates"),
        reverse("admin:articles_article_outdated_stories"),
    ],
)
def test_no_page_shows_what_is_in_the_trash(chief_client, secrets, address):
    page = chief_client.get(address).content.decode()
    assert [word for word in WORDS.split() if word in page] == []


@pytest.mark.parametrize("field", ["people", "organizations", "tags", "lead_image"])
def test_no_choice_offers_what_is_in_the_trash(chief_client, secrets, field):
    query = {"app_label": "articles", "model_name": "article", "field_name": field, "term": "leak"}
    answer = chief_client.get(reverse("admin:autocomplete"), query).json()
    assert answer["results"] == []


def test_no_page_of_a_spiked_story_opens(chief_client, secrets):
    address = secrets["story"]
    for page in ("preview", "record", "history"):
        assert chief_client.get(address.replace("change", page)).status_code == 404
    assert chief_client.get(address).status_code == 302


def test_the_queue_counts_no_find_of_a_spiked_story(chief_client, secrets):
    assert Suggestion.all_objects.open().exists()
    assert chief_client.get(reverse("admin:index")).context["waiting_suggestions"] == 0


def test_a_find_of_a_spiked_story_is_not_decided(chief_client, secrets):
    suggestion = Suggestion.all_objects.open().first()
    address = reverse("admin:articles_article_queue")
    response = chief_client.post(address, {"accept": suggestion.pk})
    assert response.status_code < 500
    suggestion = Suggestion.all_objects.get(pk=suggestion.pk)
    assert suggestion.state == "open"
