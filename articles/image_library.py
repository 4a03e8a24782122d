"""Pictures come into the library, and leave it: a row, its original and its renditions, all or none of them."""

import hashlib
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext

from articles.image_files import ImageInfo, decode_picture, renditions
from articles.models.images import FORMATS, Image


class DuplicateImage(ValueError):
    """Raised for a picture whose very bytes are in the library, or in its trash; ``image`` is that row."""

    def __init__(self, image: Image) -> None:
        if image.trashed_at:
            sentence = gettext("This picture is in the trash: %(name)s. Restore it there.")
            super().__init__(sentence % {"name": image.name})
        else:
            super().__init__(f"This picture is in the library already: {image.name}.")
        self.image = image


@dataclass(frozen=True, slots=True)
class PreparedImage:
    """A picture that is ready to be stored; each of its renditions as ``(width, format, bytes)``."""

    content: bytes
    info: ImageInfo
    renditions: list[tuple[int, str, bytes]]


def prepare_image(content: bytes) -> PreparedImage:
    """Check and decode ``content`` once, and make all renditions of it; stores nothing.

    Raises ``BadPicture`` and ``DuplicateImage``.
    """
    digest = hashlib.sha256(content).hexdigest()
    if existing := Image.all_objects.filter(sha256=digest).first():
        raise DuplicateImage(existing)
    info, picture = decode_picture(content)
    widths = Image(width=info.width).widths
    return PreparedImage(content, info, [*renditions(picture, widths)])


def add_image(content: bytes, image: Image) -> Image:
    """Save the new ``image`` with ``content`` as its original and all renditions; its sizes and hash are filled in.

    When anything fails no row and no file stays. Raises ``BadPicture`` and ``DuplicateImage``.
    """
    return store_image(prepare_image(content), image)


def store_image(prepared: PreparedImage, image: Image) -> Image:
    """Save the new ``image`` with what was prepared for it; its sizes and hash are filled in.

    The original may tell where and by whom it was taken: it is kept, and never served. When anything fails no row and
    no file stays.
    """
    info = prepared.info
    image.sha256, image.width, image.height = info.sha256, info.width, info.height
    paths: list[str] = []
    try:
        for width, format, data in prepared.renditions:
            path = image.rendition_path(width, format)
            paths.append(path)
            default_storage.save(path, ContentFile(data))
        with transaction.atomic():
            paths.append(f"originals/{image.token}")
            image.original.save(image.name, ContentFile(prepared.content), save=False)
            image.save(force_insert=True)
    except BaseException:
        _remove(paths)
        raise
    return image


def remove_image(image: Image) -> None:
    """Delete ``image`` and, once that is committed, its files. Raises ``ProtectedError`` while a story shows it."""
    paths = [image.rendition_path(width, format) for width in image.widths for format in FORMATS]
    paths.append(image.original.name or "")
    image.delete()
    transaction.on_commit(lambda: _remove(paths))


def _remove(paths: list[str]) -> None:
    for path in paths:
        default_storage.delete(path)
