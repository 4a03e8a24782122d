"""Lead pictures from where a source keeps them -> the library, when the operator asks for it.

The threads do nothing but HTTP; a server gets one request at a time.
"""

import re
import unicodedata
import warnings
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from django.db import DatabaseError, IntegrityError

from articles.image_files import MAX_BYTES, PILLOW_ERRORS, BadPicture, read_picture
from articles.image_library import DuplicateImage, add_image
from articles.importing.formats.types import ParsedArticle, RemotePicture
from articles.importing.http.client import fetch
from articles.importing.http.ssrf import FetchError
from articles.models import Image
from articles.text.excerpt import shorten

from .files import LIMITS
from .metadata import DAMAGED, read_metadata

MAX_WORKERS = 4
SECONDS = 30  # for one picture
MAX_FAILURES = 3  # of one host, one after the other; then it is not asked any more
ACCEPT = "image/avif,image/webp,image/jpeg,image/png,image/*;q=0.8"
_UNSAFE = re.compile(r"[\s/\\:*?\"<>|]+")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{2,5}")

Answer = bytes | FetchError
Fetcher = Callable[[str], Answer]


def note_pictures(stories: Sequence[ParsedArticle]) -> list[ParsedArticle]:
    """Return ``stories``; to those whose picture is at the source only, a note says where."""
    return [
        _with_note(story, f"Picture at the source: {story.remote_picture.url}")
        if story.remote_picture and not story.picture
        else story
        for story in stories
    ]


def fetch_pictures(
    stories: Sequence[ParsedArticle], *, agent: str, allow_private: Collection[str] = ()
) -> tuple[list[ParsedArticle], list[str]]:
    """Return ``stories`` with ``picture`` set to what the library has of it, and sentences on how that went.

    What came from an address once is not asked for again. A picture that fails costs no story, but its note; one that
    nobody has described waits in the library. Not to be called in a transaction. ``allow_private`` as in ``fetch``.
    """
    remote_pictures = _remote_pictures(stories)
    library = _Library(remote_pictures)
    urls = [url for url in remote_pictures if url not in library.images]

    def fetch_url(url: str) -> Answer:
        return _fetch_picture(url, agent, allow_private)

    for url, answer in _fetch_all(urls, fetch_url):
        library.store(remote_pictures[url], answer)
    library.make_names_unique()
    linked = [
        _with_picture(story, library) if _has_remote_picture(story, remote_pictures) else story
        for story in stories
    ]
    return linked, library.messages()


def _remote_pictures(stories: Sequence[ParsedArticle]) -> dict[str, RemotePicture]:
    """Return the pictures by address, each with the words of the story that describes it.

    A picture that was brought into the library by its name, from no address, is the story's already.
    """
    names = {story.picture for story in stories if story.picture and story.remote_picture}
    owned = set(Image.objects.filter(name__in=names, source_url="").values_list("name", flat=True))
    pictures: dict[str, RemotePicture] = {}
    for story in stories:
        if (remote := story.remote_picture) and story.picture not in owned:
            earlier = pictures.setdefault(remote.url, remote)
            pictures[remote.url] = earlier if earlier.alt else remote
    return pictures


def _has_remote_picture(story: ParsedArticle, urls: Collection[str]) -> bool:
    return bool(story.remote_picture and story.remote_picture.url in urls)


def _fetch_picture(url: str, agent: str, allow_private: Collection[str]) -> Answer:
    """Return the bytes at ``url``, or why there are none."""
    try:
        fetched = fetch(
            url,
            agent=agent,
            limit=MAX_BYTES,
            timeout=SECONDS,
            accept=ACCEPT,
            allow_private=allow_private,
        )
    except FetchError as error:
        return error
    if fetched.status != 200:
        return _NoPicture(f"The server answers with the error {fetched.status}.")
    return fetched.body


class _NoPicture(FetchError):
    """The server is there, but it has no picture for us."""


def _fetch_all(urls: Iterable[str], fetch_url: Fetcher) -> Iterator[tuple[str, Answer]]:
    """Yield each of ``urls`` and its answer, no more than 4 of which are in memory; hosts go on side by side."""
    by_host: dict[str, deque[str]] = {}
    for url in urls:
        by_host.setdefault(_host(url), deque()).append(url)
    ready, failures = deque(by_host.items()), Counter[str]()
    with ThreadPoolExecutor(MAX_WORKERS) as pool:
        running: dict[Future[Answer], tuple[str, str]] = {}
        while ready or running:
            while ready and len(running) < MAX_WORKERS:
                host, urls_left = ready.popleft()
                url = urls_left.popleft()
                running[pool.submit(fetch_url, url)] = host, url
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                host, url = running.pop(future)
                answer, queue = future.result(), by_host[host]
                is_failure = isinstance(answer, FetchError) and not isinstance(answer, _NoPicture)
                failures[host] = failures[host] + 1 if is_failure else 0
                yield url, answer
                while queue and failures[host] >= MAX_FAILURES:
                    yield queue.popleft(), FetchError(f"{host} was not asked any more.")
                if queue:
                    ready.append((host, queue))


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.casefold()
    except ValueError:
        return ""


class _Library:
    """The part of the library that is asked for: ``images`` by address, ``failed`` are reasons by address."""

    def __init__(self, urls: Collection[str]) -> None:
        stored = Image.objects.filter(source_url__in=urls).order_by("pk") if urls else ()
        self.images: dict[str, Image] = {image.source_url: image for image in stored}
        self.failures: dict[str, str] = {}
        self.reused, self.fetched = len(self.images), 0

    def store(self, remote: RemotePicture, answer: Answer) -> None:
        """Add a picture to the library, or note why not."""
        if isinstance(answer, FetchError):
            self.failures[remote.url] = str(answer)
            return
        try:
            with warnings.catch_warnings(action="ignore"):  # Pillow's, of damaged metadata
                self._add(remote, answer)
        except (BadPicture, DuplicateImage) as error:  # a duplicate in the trash
            self.failures[remote.url] = str(error)
        except (DatabaseError, Image.DoesNotExist, *PILLOW_ERRORS, *DAMAGED) as error:
            self.failures[remote.url] = f"It cannot be stored: {error}".rstrip(".") + "."

    def _add(self, remote: RemotePicture, content: bytes) -> None:
        image = _new_image(remote, content)
        try:
            self.images[remote.url] = add_image(content, image)
            self.fetched += 1
        except DuplicateImage as duplicate:
            if duplicate.image.trashed_at:
                raise
            self._reuse(remote.url, duplicate.image)
        except IntegrityError:  # another importer was quicker
            self._reuse(remote.url, Image.objects.get(sha256=image.sha256))

    def _reuse(self, url: str, image: Image) -> None:
        """Take what the library has already, and remember where it can be had."""
        if not image.source_url:
            image.source_url = url
            Image.objects.filter(pk=image.pk, source_url="").update(source_url=url)
        self.images[url] = image
        self.reused += 1

    def make_names_unique(self) -> None:
        """Give each image a name that leads to it and to no other: stories find the newest of a name."""
        names = {image.name for image in self.images.values()}
        pairs = Image.objects.filter(name__in=names).order_by("pk").values_list("name", "pk")
        newest = dict(pairs) if names else {}
        for image in {image.pk: image for image in self.images.values()}.values():
            if newest.get(image.name) != image.pk:
                image.name = _unique_name(image.name, image.sha256)
                Image.objects.filter(pk=image.pk).update(name=image.name)

    def messages(self) -> list[str]:
        """Return a sentence on each failure, and one on all pictures."""
        reasons = [f"{url}: {reason}" for url, reason in self.failures.items()]
        if not (self.images or self.failures):
            return []
        total = f"{self.fetched} fetched, {self.reused} already there, {len(self.failures)} failed"
        return [*reasons, f"Lead pictures: {total}."]


def _new_image(remote: RemotePicture, content: bytes) -> Image:
    """Return a new image with the source's words, and what its file says where the source is silent."""
    picture = read_picture(content)
    metadata = read_metadata(content)
    name = _name(remote.url, picture.format)
    if Image.objects.filter(name=name).exists():
        name = _unique_name(name, picture.sha256)
    image = Image(name=name, source_url=remote.url, taken_on=metadata.taken_on)
    for field in ("alt", "caption", "credit"):
        text = getattr(remote, field) or getattr(metadata, field)
        limit = LIMITS[field]
        setattr(image, field, shorten(text, limit))
    return image


def _name(url: str, format: str) -> str:
    """Return the file's name in ``url`` as a library may have it; its format ends a name that has no ending."""
    path = unicodedata.normalize("NFC", unquote(urlsplit(url).path))
    last = re.split(r"[/\\]", path)[-1]
    visible = "".join(letter for letter in last if letter.isprintable())
    stem, suffix = _split_suffix(_UNSAFE.sub(" ", visible).strip(" ."))
    return _shortened(stem or "picture", suffix or f".{format}")


def _split_suffix(name: str) -> tuple[str, str]:
    """Return stem and ending (empty for none) of a file's name."""
    path = PurePosixPath(name)
    return (path.stem, path.suffix) if _SUFFIX.fullmatch(path.suffix) else (name, "")


def _shortened(stem: str, suffix: str) -> str:
    return stem[: LIMITS["name"] - len(suffix)] + suffix


def _unique_name(name: str, digest: str) -> str:
    """Return ``name`` with as much of ``digest`` before its ending as makes it the only one."""
    stem, suffix = _split_suffix(name)
    for length in (8, 16, 32):
        candidate = _shortened(stem, f"-{digest[:length]}{suffix}")
        if not Image.objects.filter(name=candidate).exists():
            return candidate
    return _shortened("", f"{digest}{suffix}")


def _with_picture(story: ParsedArticle, library: _Library) -> ParsedArticle:
    """Return ``story`` with its picture, or with a note on why it has none."""
    url = story.remote_picture.url if story.remote_picture else ""
    if image := library.images.get(url):
        if image.has_alt:
            return replace(story, picture=image.name)
        note = f"Picture {image.name} is in the library, and waits for a description."
    else:
        note = f"Picture not fetched: {url} {library.failures.get(url, '')}".strip()
    return _with_note(replace(story, picture=""), note)


def _with_note(story: ParsedArticle, note: str) -> ParsedArticle:
    return replace(story, ed_note=f"{story.ed_note}\n{note}".strip())
