"""Renditions of the pictures that readers may see; never an original."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from articles.models.images import FORMATS, Image
from articles.public.http_cache import MAX_AGE


@require_safe
def picture(request: HttpRequest, token: str, width: int, format: str) -> HttpResponseBase:
    """Send a rendition while a listed story shows the picture. Its name is random, its content never changes.

    Caches ask again after a minute: when the story is withdrawn, its picture goes with it.
    """
    image = get_object_or_404(Image.objects.public(), token=token)
    if width not in image.widths or format not in FORMATS:
        raise Http404("No such rendition.")
    etag = f'"{token}-{width}-{format}"'
    response = get_conditional_response(request, etag=etag) or _file(image, width, format)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"public, max-age={MAX_AGE}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _file(image: Image, width: int, format: str) -> FileResponse:
    try:
        file = default_storage.open(image.rendition_path(width, format))
    except FileNotFoundError as error:
        raise Http404("This rendition is missing.") from error
    return FileResponse(file, content_type=f"image/{format}")
