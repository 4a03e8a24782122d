"""Every address of the desk x every role: what is not in the table fails, so no address is ever added unseen."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from articles.admin.review.actions import ACTIONS
from articles.models import Edition, Quote
from articles.roles import ROLES
from tests.desk_rows import address_of, client_of
from tests.desk_rows import rows as rows
from tests.rollback import rolled_back

pytestmark = pytest.mark.django_db

VISITORS = ["anonymous", "reader", *ROLES, "superuser"]
R, E, C, O, S = "reporter", "editor", "chief", "operator", "superuser"  # noqa: E741
STAFF = {R, E, C, O, S}
WRITERS = {R, E, C, S}
EDITORS = {E, C, S}
CHIEFS = {C, S}
RUNNERS = {O, S}

# Who may GET the page; everybody else is sent to the login or told 403.
GET: dict[str, set[str]] = {
    "index": STAFF,
    "password_change": STAFF,
    "password_change_done": STAFF,
    "jsi18n": STAFF,
    "app_list": STAFF,
    "autocomplete": WRITERS,
    "articles_article_changelist": STAFF,
    "articles_article_add": WRITERS,
    "articles_article_change": STAFF,
    "articles_article_delete": CHIEFS,
    "articles_article_history": STAFF,
    "articles_article_revision": STAFF,
    "articles_article_edition": STAFF,
    "articles_article_preview": STAFF,
    "articles_article_original": STAFF,
    "articles_article_original_file": STAFF,
    "articles_importrun_undo": CHIEFS | {O},
    "articles_article_confirm_publish": EDITORS,
    "articles_article_decide": STAFF,
    "articles_article_correct": EDITORS,
    "articles_article_withdraw": CHIEFS,
    "articles_article_bring_back": CHIEFS,
    "articles_article_record": WRITERS,
    "articles_article_queue": WRITERS,
    "articles_article_outdated_stories": WRITERS,
    "articles_quote_audit": EDITORS,
    "articles_quote_statements": WRITERS,
    "articles_quote_remove_name": EDITORS,
    "articles_image_rendition": STAFF,
    "articles_user_language": STAFF,
}
for _name, _view, _add, _change, _delete in (
    ("image", WRITERS, WRITERS, WRITERS, CHIEFS),
    ("author", WRITERS, WRITERS, WRITERS, CHIEFS),
    ("person", WRITERS, WRITERS, WRITERS, CHIEFS),
    ("organization", WRITERS, WRITERS, WRITERS, CHIEFS),
    ("quote", WRITERS, set(), WRITERS, EDITORS),
    ("rightofreply", WRITERS, WRITERS, WRITERS, EDITORS),
    ("tag", WRITERS, EDITORS, WRITERS, CHIEFS),
    ("importrun", EDITORS | {O}, set(), EDITORS | {O}, set()),
    ("waitingchange", EDITORS | {O}, set(), EDITORS | {O}, set()),
    ("correction", EDITORS, set(), EDITORS, set()),
    ("correctiondraft", WRITERS, set(), WRITERS, EDITORS),
    ("proposal", WRITERS, set(), WRITERS, set()),
    ("subscription", EDITORS | {O}, EDITORS | {O}, EDITORS | {O}, CHIEFS | {O}),
    ("trashentry", CHIEFS, set(), CHIEFS, set()),
    ("user", {C, O, S}, RUNNERS, {C, O, S}, {S}),
):
    GET |= {
        f"articles_{_name}_changelist": _view,
        f"articles_{_name}_add": _add,
        f"articles_{_name}_change": _change,
        f"articles_{_name}_delete": _delete,
        f"articles_{_name}_history": _view,
    }
MERGING = {
    f"articles_{name}_{page}": EDITORS
    for name in ("person", "organization")
    for page in ("merge", "merge_with", "merges", "duplicates")
}
GET |= MERGING
GET |= {
    f"auth_group_{page}": RUNNERS for page in ("changelist", "add", "change", "delete", "history")
}

# Actions: who may POST. A GET of them answers 405 to these, and changes nothing.
POST: dict[str, set[str]] = {
    "discard_unsaved": STAFF,
    "articles_article_draft": WRITERS,
    "articles_article_add_draft": WRITERS,
    "articles_article_presence": STAFF,
    "articles_article_cancel_schedule": EDITORS,
    "articles_article_restore": WRITERS,
    "articles_person_unmerge": EDITORS,
    "articles_trashentry_restore": CHIEFS,
    "articles_organization_unmerge": EDITORS,
}
# Pages that both show and do: who may POST to them.
BOTH: dict[str, set[str]] = {
    "articles_article_add": WRITERS,
    "articles_article_change": WRITERS,
    "articles_article_delete": CHIEFS,
    "articles_article_confirm_publish": EDITORS,
    "articles_article_correct": EDITORS,
    "articles_article_decide": EDITORS,
    "articles_article_withdraw": CHIEFS,
    "articles_article_bring_back": CHIEFS,
    "articles_article_edition": CHIEFS,
    "articles_article_revision": WRITERS,
    "articles_article_record": EDITORS,
    "articles_article_queue": EDITORS,
    "articles_article_outdated_stories": EDITORS,
    "articles_correctiondraft_delete": EDITORS,
    "articles_importrun_undo": CHIEFS | {O},
    "articles_proposal_change": EDITORS,
    "articles_quote_change": EDITORS,
    "articles_quote_statements": EDITORS,
    "articles_quote_remove_name": EDITORS,
    "articles_subscription_add": EDITORS | {O},
    "articles_subscription_change": EDITORS | {O},
    "articles_subscription_delete": CHIEFS | {O},
    "articles_quote_delete": EDITORS,
    "articles_person_merge": EDITORS,
    "articles_person_duplicates": EDITORS,
    "articles_organization_duplicates": EDITORS,
    "articles_organization_merge": EDITORS,
    "articles_rightofreply_add": WRITERS,
    "articles_rightofreply_change": WRITERS,
    "articles_rightofreply_delete": EDITORS,
    "articles_user_language": STAFF,
}
# Actions on the record, by the button that is pressed at its one address.
RECORD: dict[str, set[str]] = {
    **dict.fromkeys("accept accept-shown accept-names reject undo".split(), EDITORS),
    **dict.fromkeys("add reword remove publish".split(), EDITORS),
    **dict.fromkeys("approve wave-off take-up".split(), EDITORS),
}
OTHERWISE = {
    "login": "open to all; the view of Django",
    "logout": "POST only, of Django",
    "session": "open to all: who is signed in, and the login; tests/admin_site/test_sessions.py",
    "view_on_site": "leads to the public page; of Django",
    "auth_user_password_change": "tested below",
    None: "the admin's catch-all and old addresses: 404 or a redirect",
}


def admin_patterns() -> Iterator[URLPattern]:
    def walk(resolver: Any) -> Iterator[URLPattern]:
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern)
            else:
                yield pattern

    (admin_resolver,) = [
        resolver
        for resolver in get_resolver().url_patterns
        if isinstance(resolver, URLResolver) and resolver.namespace == "admin"
    ]
    return walk(admin_resolver)


def test_every_address_of_the_admin_stands_in_the_table():
    names = {pattern.name for pattern in admin_patterns()}
    assert names - GET.keys() - POST.keys() - OTHERWISE.keys() == set()
    assert (GET.keys() | POST.keys() | OTHERWISE.keys()) - names == set(), "rows without an address"


@pytest.mark.parametrize("visitor", VISITORS)
def test_each_page_is_open_to_its_roles_and_to_no_other(visitor, rows, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    client = client_of(visitor)
    wrong: dict[str, Any] = {}
    for name, allowed in GET.items():
        response = client.get(address_of(name, rows))
        expected = {200} if visitor in allowed else {302, 403}
        if name == "articles_image_rendition" and visitor in allowed:
            expected = {404}  # allowed to look; the row has no file
        if response.status_code not in expected:
            wrong[name] = response.status_code
        if response.status_code == 302 and "/login/" not in response["Location"]:
            wrong[name] = response["Location"]
    assert wrong == {}


@pytest.mark.parametrize("visitor", VISITORS)
def test_each_action_is_open_to_its_roles_and_to_no_other(visitor, rows):
    client = client_of(visitor)
    wrong = {}
    for name, allowed in (POST | BOTH).items():
        response = client.post(address_of(name, rows), {"nonsense": "1"})
        refused = response.status_code == 403 or (
            response.status_code == 302 and "/login/" in response["Location"]
        )
        if refused == (visitor in allowed) or response.status_code >= 500:
            wrong[name] = response.status_code
    assert wrong == {}


def test_every_action_on_the_record_stands_in_the_table():
    assert RECORD.keys() == ACTIONS.keys()


@pytest.mark.parametrize("visitor", VISITORS)
def test_each_button_of_the_record_is_for_its_roles_and_for_no_other(visitor, rows, subtests):
    client, address = client_of(visitor), address_of("articles_article_record", rows)
    for button, allowed in RECORD.items():
        with subtests.test(button), rolled_back():
            response = client.post(address, {button: rows["quote"].pk})
            login = response.status_code == 302 and "/login/" in response["Location"]
            assert (response.status_code == 403 or login) == (visitor not in allowed)
            if visitor not in allowed:
                assert Quote.objects.count() == 1
                assert Edition.objects.count() == 3
