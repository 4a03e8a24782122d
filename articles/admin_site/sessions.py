"""Who is signed in, asked by a page of the desk before it sends a form; and signing in without leaving that page."""

from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def session_view(request: HttpRequest, site: AdminSite) -> JsonResponse:
    """Answer who is signed in at the desk; a POST of username and password signs in, as the login page does.

    ``username`` is empty for nobody; ``csrf_token`` is what a form is to send from now on. Signing in that fails
    answers 403 with an ``error`` for people. It leads nowhere: no address is taken from the request.
    """
    error = ""
    if request.method == "POST":
        form = AdminAuthenticationForm(request, data=request.POST)
        if form.is_valid():
            login(request, form.get_user())
        else:
            error = " ".join(str(text) for texts in form.errors.values() for text in texts)
    username = request.user.get_username() if site.has_permission(request) else ""
    answer = {"username": username, "csrf_token": get_token(request), "error": error}
    return JsonResponse(answer, status=403 if error else 200)
