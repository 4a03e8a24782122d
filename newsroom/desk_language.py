"""The desk speaks the language of its user. Readers' pages know the paper's only: no cookie, no header is asked."""

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import override

from articles.translation.languages import in_paper_language
from newsroom.logs import Handler


def desk_language(get_response: Handler) -> Handler:
    """Middleware, after who is signed in is known: speaks the user's language below ``/admin/``."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(reverse("admin:index")):
            with in_paper_language():  # nothing that a thread did before leaks into a reader's page
                return get_response(request)
        language = getattr(request.user, "language", "")
        with override(language) if language else in_paper_language():
            return get_response(request)

    return respond
