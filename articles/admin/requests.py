"""Requests of the desk: nobody gets to its views who is not logged in."""

from typing import cast

from django.http import HttpRequest

from articles.models import User


class AuthenticatedHttpRequest(HttpRequest):
    """A request of an account, as every view behind ``admin_view`` gets it."""

    user: User


def authenticated(request: HttpRequest) -> AuthenticatedHttpRequest:
    """Return ``request`` as what the site has checked it to be: a hook of Django's takes any request."""
    return cast(AuthenticatedHttpRequest, request)
