"""The name under which the newsroom asks other servers."""

from django.conf import settings


def user_agent() -> str:
    """Return what tells a server who asks and where to complain (RFC 9110, 10.1.5)."""
    return f"Newsroom/0.1 (+{settings.SITE_URL})"
