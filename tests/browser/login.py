"""The login page of the admin, as a browser fills it in."""

from typing import Any

from django.urls import reverse


def log_in(page: Any, username: str) -> None:
    """Log in as ``username``, whom ``make_user`` made."""
    page.goto(reverse("admin:login"))
    page.fill("#id_username", username)
    page.fill("#id_password", "a password for tests")
    page.click("[type=submit]")
