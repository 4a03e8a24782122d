"""Who sits at the desk: signed in by the session's cookie, or by hand in the login page."""

from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse

from articles.models import User

PASSWORD = "a password for tests"  # of whom ``make_user`` made


def log_in(page: Any, username: str) -> None:
    """Sign ``username`` in, in the browser of ``page``, which loads nothing for it."""
    client = Client()
    client.force_login(User.objects.get(username=username))
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    place = {"domain": "localhost", "path": "/"}  # the host of pytest-django's live server
    page.context.add_cookies(
        [
            {
                "name": session.key,
                "value": session.value,
                "httpOnly": True,
                "sameSite": "Lax",
                **place,
            }
        ]
    )


def change_user(page: Any, username: str) -> None:
    """Sign ``username`` in in place of somebody else; what a page says while it is left goes out before."""
    page.goto("about:blank")
    page.context.clear_cookies()
    log_in(page, username)


def log_in_by_hand(page: Any, username: str) -> None:
    """Fill in the login page as ``username``."""
    page.goto(reverse("admin:login"))
    page.fill("#id_username", username)
    page.fill("#id_password", PASSWORD)
    page.click("[type=submit]")
