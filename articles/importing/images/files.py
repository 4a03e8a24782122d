"""Picture files -> the library, under the names that stories know them by."""

import json
import re
import time
import unicodedata
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import PurePosixPath

from django.db import IntegrityError
from django.utils.translation import gettext

from articles.image_files import MAX_BYTES, BadPicture, read_picture
from articles.image_library import DuplicateImage, add_image
from articles.importing.files.sources import Source, find_sources
from articles.importing.formats.types import ReadError, RecordError
from articles.models import Image
from articles.text.characters import printable
from articles.text.excerpt import shorten
from articles.text.messages import Message, untranslated

from .metadata import DAMAGED, PictureMetadata, read_metadata

HEAD = 16
LIMITS = {
    "name": 160,
    "caption": 500,
    "credit": 160,
    "alt": 300,
}  # letters, as the columns have them
SUFFIXES = set(".jpg .jpeg .jpe .jfif .png .webp .avif .tif .tiff .gif".split())
SUFFIXES |= set(".svg .svgz .bmp .heic .heif .jp2 .jxl .psd".split())  # refused, and said so
_SIGNATURE = re.compile(
    rb"\xff\xd8\xff|\x89PNG|GIF8|RIFF....WEBP|II\*\0|MM\0\*|....ftypavi", re.DOTALL
)
_RESIZED = re.compile(r"-[0-9]{1,5}x[0-9]{1,5}(?=\.[a-z]+$)", re.IGNORECASE)


@dataclass
class ImageReport:
    """What a run did. ``passed_over``: files that are no pictures, and sizes that WordPress made of one beside them.

    ``refusals`` are ``{file, field, reason, remedy, code}``;
    ``notes`` are sentences on what came in but wants an editor;
    ``undescribed`` counts the pictures without alternative text.
    """

    created: int = 0
    unchanged: int = 0
    passed_over: int = 0
    refused: int = 0
    undescribed: int = 0
    seconds: float = 0.0
    dry_run: bool = False
    refusals: list[dict[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)

    def summary(self) -> dict[str, int | float]:
        """Return the figures alone."""
        excluded = "refusals", "notes", "seen"
        return {key: value for key, value in asdict(self).items() if key not in excluded}


def import_images(
    paths: Sequence[str], *, dry_run: bool = False, on_file: Callable[[], object] = lambda: None
) -> ImageReport:
    """Add the pictures of ``paths`` (files, folders, zip archives) to the library and report.

    A bad file costs only itself; a picture that is in the library stays as it is there. Each is kept by itself: broken
    off, it goes on where it stopped. Raises ReadError for a path that does not exist, OSError when nothing can be
    stored.
    """
    started = time.monotonic()
    report = ImageReport(dry_run=dry_run)
    for file in _originals(list(find_sources(paths)), report):
        try:
            with warnings.catch_warnings(action="ignore"):  # Pillow's, of damaged metadata
                _import_file(file, report)
        except RecordError as error:
            row = {"file": _printable_label(file.label), "field": error.field}
            row |= {"reason": str(error), "remedy": str(error.remedy), "code": error.reason.code}
            report.refusals.append(row)
        on_file()
    report.refused = len(report.refusals)
    report.seconds = round(time.monotonic() - started, 3)
    return report


def print_image_report(
    report: ImageReport,
    out: Callable[[str], object],
    err: Callable[[str], object],
    *,
    as_json: bool = False,
) -> None:
    """Write each refusal and note to ``err``, the figures to ``out``; with ``as_json`` again as its last line."""
    for row in report.refusals:
        err(f"{row['file']}, {row['field']}: {row['reason'].rstrip('.')}. {row['remedy']}")
    for note in report.notes:
        err(note)
    prefix = "Nothing was kept (dry run); it would be: " if report.dry_run else ""
    out(
        f"{prefix}{report.created} created, {report.unchanged} unchanged, {report.passed_over} passed over, "
        f"{report.refused} refused in {report.seconds:.1f} s. Without alternative text: {report.undescribed}."
    )
    if as_json:
        out(json.dumps(report.summary()))


def _originals(files: Sequence[Source], report: ImageReport) -> Iterator[Source]:
    """Yield all but the smaller sizes, as WordPress stores them, of a picture that stands beside them."""
    labels = {file.label for file in files}
    for file in files:
        if not file.is_explicit and _RESIZED.sub("", file.label) in labels - {file.label}:
            report.passed_over += 1
        else:
            yield file


def _import_file(file: Source, report: ImageReport) -> None:
    """Add one file to the library, or count why not. Raises RecordError."""
    content = _content(file)
    if content is None:
        report.passed_over += 1
        return
    name, digest = _name(file.label), sha256(content).hexdigest()
    existing = Image.all_objects.filter(sha256=digest).only("name", "trashed_at").first()
    if existing and existing.trashed_at:
        sentence = gettext("%(file)s: it is in the trash here as %(name)s. Restore it there.")
        report.notes.append(sentence % {"file": name, "name": existing.name})
        report.passed_over += 1
        return
    existing_name = existing.name if existing else None
    if existing_name := existing_name or report.seen.get(digest):
        report.unchanged += 1
        if existing_name != name:
            report.notes.append(
                f"{name}: in the library as {existing_name}; stories find it by that name."
            )
        return
    image = _new_image(name, _checked_metadata(content), report)
    if not report.dry_run:
        _store(content, image)
    if (
        name in report.seen.values()
        or Image.objects.filter(name=name).exclude(pk=image.pk).exists()
    ):
        report.notes.append(
            f"{_printable_label(file.label)}: another picture of this name is in the library; both are kept, "
            "stories that name it get the newest."
        )
    report.seen[digest] = name
    report.created += 1
    report.undescribed += not image.alt


def _content(file: Source) -> bytes | None:
    """Return the bytes of ``file``, None for what is no picture by name nor by content. Raises RecordError."""
    remedy = "Mend the file and import it again."
    is_wanted = file.is_explicit or PurePosixPath(file.label).suffix.lower() in SUFFIXES
    try:
        with file.open() as stream:
            head = stream.read(HEAD)
            if not is_wanted and not _SIGNATURE.match(head):
                return None
            content = head + stream.read(MAX_BYTES + 1 - len(head))
    except (ReadError, OSError) as error:
        if not is_wanted:
            return None
        raise RecordError("file", untranslated(str(error), "file.unreadable"), remedy) from error
    if len(content) > MAX_BYTES:
        raise RecordError(
            "file",
            Message("It has more than %(limit)s MB", {"limit": MAX_BYTES // 1024**2}, "image.size"),
            "Save it smaller.",
        )
    return content


def _name(label: str) -> str:
    """Return the file's name as stories write it. Raises RecordError for one that cannot be kept."""
    name = unicodedata.normalize("NFC", label.replace("\\", "/").rpartition("/")[2])
    if name != printable(name):
        raise RecordError(
            "name",
            Message("It holds characters that are no text", code="image.name_characters"),
            "Rename the file.",
        )
    if len(name) > LIMITS["name"]:
        reason = Message(
            "It has %(count)s letters, %(limit)s fit",
            {"count": len(name), "limit": LIMITS["name"]},
            "image.name_length",
        )
        raise RecordError("name", reason, "Rename the file.")
    return name


def _checked_metadata(content: bytes) -> PictureMetadata:
    """Return what a picture says of itself. Raises RecordError for what is none."""
    try:
        read_picture(content)
    except BadPicture as error:
        raise _record_error(error) from error
    except DAMAGED as error:
        raise RecordError(
            "file", Message("The picture is damaged", code="image.damaged"), "Send it again."
        ) from error
    return read_metadata(content)


def _record_error(error: BadPicture) -> RecordError:
    reason, _, remedy = str(error).partition(". ")
    return RecordError("file", untranslated(reason, "image.unfit"), remedy)


def _new_image(name: str, metadata: PictureMetadata, report: ImageReport) -> Image:
    """Return a new image with what its file says of it; what is too long for the library is cut, and noted."""
    title = "" if metadata.title in (name, PurePosixPath(name).stem) else metadata.title
    values = {"caption": metadata.caption or title, "credit": metadata.credit, "alt": metadata.alt}
    image = Image(name=name, taken_on=metadata.taken_on)
    for field_name, value in values.items():
        limit = LIMITS[field_name]
        if len(value) > limit:
            value = shorten(value, limit)
            report.notes.append(f"{name}: its {field_name} was cut to {limit} letters.")
        setattr(image, field_name, value)
    return image


def _store(content: bytes, image: Image) -> None:
    """Store the picture. Raises RecordError, and OSError for a disk that takes no more."""
    try:
        add_image(content, image)
    except BadPicture as error:
        raise _record_error(error) from error
    except (DuplicateImage, IntegrityError) as error:
        reason = Message(
            "It came into the library from elsewhere at the same moment", code="image.exists"
        )
        raise RecordError("file", reason, "Import it again: it will be unchanged.") from error


def _printable_label(label: str) -> str:
    """Return ``label`` as a terminal can print it, whatever bytes the file is named with."""
    return printable(label.encode("utf-8", "replace").decode())
