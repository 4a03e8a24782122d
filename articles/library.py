"""Pictures come into the library, and leave it: a row, its original and its renditions, all or none of them."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from articles.models.images import FORMATS, Image
from articles.pictures import read_picture, renditions


class AlreadyThere(ValueError):
    """Raised for a picture whose very bytes are in the library; ``image`` is that row."""

    def __init__(self, image: Image) -> None:
        super().__init__(f"This picture is in the library already: {image.name}.")
        self.image = image


def add_image(content: bytes, image: Image) -> Image:
    """Save the new ``image`` with ``content`` as its original and all renditions; its sizes and hash are filled in.

    The original may tell where and by whom it was taken: it is kept, and never served. When anything fails no row and
    no file stays. Raises ``BadPicture`` and ``AlreadyThere``.
    """
    checked = read_picture(content)
    if known := Image.objects.filter(sha256=checked.sha256).first():
        raise AlreadyThere(known)
    image.sha256, image.width, image.height = checked.sha256, checked.width, checked.height
    files = [*renditions(content, image.widths)]
    stored: list[str] = []
    try:
        for width, format, data in files:
            path = image.rendition_path(width, format)
            stored.append(path)
            default_storage.save(path, ContentFile(data))
        with transaction.atomic():
            stored.append(f"originals/{image.token}")
            image.original.save(image.name, ContentFile(content), save=False)
            image.save(force_insert=True)
    except BaseException:
        _remove(stored)
        raise
    return image


def remove_image(image: Image) -> None:
    """Delete ``image`` and, once that is committed, its files. Raises ``ProtectedError`` while a story shows it."""
    paths = [image.rendition_path(width, format) for width in image.widths for format in FORMATS]
    paths.append(image.original.name)
    image.delete()
    transaction.on_commit(lambda: _remove(paths))


def _remove(paths: list[str]) -> None:
    for path in paths:
        default_storage.delete(path)
