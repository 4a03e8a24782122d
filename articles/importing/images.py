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

from articles.library import AlreadyThere, add_image
from articles.models import Image
from articles.pictures import MAX_BYTES, BadPicture, read_picture
from articles.text.chars import printable
from articles.text.quoted import clipped

from .parsed import ReadError
from .picture_metadata import DAMAGED, PictureMetadata, read_metadata
from .sources import Source, find
from .unfit import Unfit

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
class Report:
    """What a run did. ``passed_over``: files that are no pictures, and sizes that WordPress made of one beside them.

    ``refusals`` are ``{file, field, reason, remedy}``; ``notes`` are sentences on what came in but wants an editor;
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
        words = "refusals", "notes", "seen"
        return {key: value for key, value in asdict(self).items() if key not in words}


def import_images(
    paths: Sequence[str], *, dry_run: bool = False, on_file: Callable[[], object] = lambda: None
) -> Report:
    """Add the pictures of ``paths`` (files, folders, zip archives) to the library and report.

    A bad file costs only itself; a picture that is in the library stays as it is there. Each is kept by itself: broken
    off, it goes on where it stopped. Raises ReadError for a path that does not exist, OSError when nothing can be
    stored.
    """
    began = time.monotonic()
    report = Report(dry_run=dry_run)
    for file in _originals(list(find(paths)), report):
        try:
            with warnings.catch_warnings(action="ignore"):  # Pillow's, of damaged metadata
                _take(file, report)
        except Unfit as unfit:
            row = {"file": _shown(file.label), "field": unfit.field}
            report.refusals.append(row | {"reason": str(unfit), "remedy": unfit.remedy})
        on_file()
    report.refused = len(report.refusals)
    report.seconds = round(time.monotonic() - began, 3)
    return report


def tell(
    report: Report,
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
    would = "Nothing was kept (dry run); it would be: " if report.dry_run else ""
    out(
        f"{would}{report.created} created, {report.unchanged} unchanged, {report.passed_over} passed over, "
        f"{report.refused} refused in {report.seconds:.1f} s. Without alternative text: {report.undescribed}."
    )
    if as_json:
        out(json.dumps(report.summary()))


def _originals(files: Sequence[Source], report: Report) -> Iterator[Source]:
    """Yield all but the smaller sizes, as WordPress stores them, of a picture that stands beside them."""
    labels = {file.label for file in files}
    for file in files:
        if not file.is_given and _RESIZED.sub("", file.label) in labels - {file.label}:
            report.passed_over += 1
        else:
            yield file


def _take(file: Source, report: Report) -> None:
    """Add one file to the library, or count why not. Raises Unfit."""
    content = _content(file)
    if content is None:
        report.passed_over += 1
        return
    name, digest = _name(file.label), sha256(content).hexdigest()
    known = Image.objects.filter(sha256=digest).values_list("name", flat=True).first()
    if known := known or report.seen.get(digest):
        report.unchanged += 1
        if known != name:
            report.notes.append(f"{name}: in the library as {known}; stories find it by that name.")
        return
    image = _described(name, _checked(content), report)
    if not report.dry_run:
        _add(content, image)
    if (
        name in report.seen.values()
        or Image.objects.filter(name=name).exclude(pk=image.pk).exists()
    ):
        report.notes.append(
            f"{_shown(file.label)}: another picture of this name is in the library; both are kept, "
            "stories that name it get the newest."
        )
    report.seen[digest] = name
    report.created += 1
    report.undescribed += not image.alt


def _content(file: Source) -> bytes | None:
    """Return the bytes of ``file``, None for what is no picture by name nor by content. Raises Unfit."""
    remedy = "Mend the file and import it again."
    is_wanted = file.is_given or PurePosixPath(file.label).suffix.lower() in SUFFIXES
    try:
        with file.open() as stream:
            head = stream.read(HEAD)
            if not is_wanted and not _SIGNATURE.match(head):
                return None
            content = head + stream.read(MAX_BYTES + 1 - len(head))
    except (ReadError, OSError) as error:
        if not is_wanted:
            return None
        raise Unfit("file", str(error), remedy) from error
    if len(content) > MAX_BYTES:
        raise Unfit("file", f"It has more than {MAX_BYTES // 1024**2} MB", "Save it smaller.")
    return content


def _name(label: str) -> str:
    """Return the file's name as stories write it. Raises Unfit for one that cannot be kept."""
    name = unicodedata.normalize("NFC", label.replace("\\", "/").rpartition("/")[2])
    if name != printable(name):
        raise Unfit("name", "It holds characters that are no text", "Rename the file.")
    if len(name) > LIMITS["name"]:
        reason = f"It has {len(name)} letters, {LIMITS['name']} fit"
        raise Unfit("name", reason, "Rename the file.")
    return name


def _checked(content: bytes) -> PictureMetadata:
    """Return what a picture says of itself. Raises Unfit for what is none."""
    try:
        read_picture(content)
    except BadPicture as error:
        raise _unfit(error) from error
    except DAMAGED as error:
        raise Unfit("file", "The picture is damaged", "Send it again.") from error
    return read_metadata(content)


def _unfit(error: BadPicture) -> Unfit:
    reason, _, remedy = str(error).partition(". ")
    return Unfit("file", reason, remedy)


def _described(name: str, found: PictureMetadata, report: Report) -> Image:
    """Return a new image with what its file says of it; what is too long for the library is cut, and noted."""
    title = "" if found.title in (name, PurePosixPath(name).stem) else found.title
    values = {"caption": found.caption or title, "credit": found.credit, "alt": found.alt}
    image = Image(name=name, taken_on=found.taken_on)
    for field_name, value in values.items():
        most = LIMITS[field_name]
        if len(value) > most:
            value = clipped(value, most - 2)
            report.notes.append(f"{name}: its {field_name} was cut to {most} letters.")
        setattr(image, field_name, value)
    return image


def _add(content: bytes, image: Image) -> None:
    """Store the picture. Raises Unfit, and OSError for a disk that takes no more."""
    try:
        add_image(content, image)
    except BadPicture as error:
        raise _unfit(error) from error
    except (AlreadyThere, IntegrityError) as error:
        reason = "It came into the library from elsewhere at the same moment"
        raise Unfit("file", reason, "Import it again: it will be unchanged.") from error
    except OSError as error:
        if error.errno:
            raise
        raise Unfit("file", f"It cannot be saved smaller: {error}", "Save it anew.") from error


def _shown(label: str) -> str:
    """Return ``label`` as a terminal can print it, whatever bytes the file is named with."""
    return printable(label.encode("utf-8", "replace").decode())
