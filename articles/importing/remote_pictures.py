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

from articles.library import AlreadyThere, add_image
from articles.models import Image
from articles.pictures import BROKEN, MAX_BYTES, BadPicture, read_picture
from articles.text.quoted import clipped

from .fetch import fetch
from .guard import FetchError
from .images import LIMITS
from .parsed import ParsedArticle, RemotePicture
from .picture_metadata import DAMAGED, read_metadata

MOST_AT_ONCE = 4
SECONDS = 30  # for one picture
MOST_SILENT = 3  # of one host, one after the other; then it is not asked any more
ACCEPT = "image/avif,image/webp,image/jpeg,image/png,image/*;q=0.8"
_UNSAFE = re.compile(r"[\s/\\:*?\"<>|]+")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{2,5}")

Answer = bytes | FetchError
Ask = Callable[[str], Answer]


def note_pictures(stories: Sequence[ParsedArticle]) -> list[ParsedArticle]:
    """Return ``stories``; to those whose picture is at the source only, a note says where."""
    return [
        _noted(story, f"Picture at the source: {story.remote_picture.url}")
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
    wanted = _wanted(stories)
    shelf = _Shelf(wanted)
    asked = [url for url in wanted if url not in shelf.images]

    def ask(url: str) -> Answer:
        return _asked(url, agent, allow_private)

    for url, answer in _answers(asked, ask):
        shelf.put(wanted[url], answer)
    shelf.name_apart()
    done = [_linked(story, shelf) if _is_wanted(story, wanted) else story for story in stories]
    return done, shelf.said()


def _wanted(stories: Sequence[ParsedArticle]) -> dict[str, RemotePicture]:
    """Return the pictures by address, each with the words of the story that describes it.

    A picture that was brought into the library by its name, from no address, is the story's already.
    """
    names = {story.picture for story in stories if story.picture and story.remote_picture}
    owned = set(Image.objects.filter(name__in=names, source_url="").values_list("name", flat=True))
    wanted: dict[str, RemotePicture] = {}
    for story in stories:
        if (remote := story.remote_picture) and story.picture not in owned:
            known = wanted.setdefault(remote.url, remote)
            wanted[remote.url] = known if known.alt else remote
    return wanted


def _is_wanted(story: ParsedArticle, wanted: Collection[str]) -> bool:
    return bool(story.remote_picture and story.remote_picture.url in wanted)


def _asked(url: str, agent: str, allow_private: Collection[str]) -> Answer:
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
        return _Answered(f"The server answers with the error {fetched.status}.")
    return fetched.body


class _Answered(FetchError):
    """The server is there, but it has no picture for us."""


def _answers(urls: Iterable[str], ask: Ask) -> Iterator[tuple[str, Answer]]:
    """Yield each of ``urls`` and its answer, no more than 4 of which are in memory; hosts go on side by side."""
    by_host: dict[str, deque[str]] = {}
    for url in urls:
        by_host.setdefault(_host(url), deque()).append(url)
    ready, silent = deque(by_host.items()), Counter[str]()
    with ThreadPoolExecutor(MOST_AT_ONCE) as pool:
        running: dict[Future[Answer], tuple[str, str]] = {}
        while ready or running:
            while ready and len(running) < MOST_AT_ONCE:
                host, urls_left = ready.popleft()
                url = urls_left.popleft()
                running[pool.submit(ask, url)] = host, url
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                host, url = running.pop(future)
                answer, left = future.result(), by_host[host]
                is_silent = isinstance(answer, FetchError) and not isinstance(answer, _Answered)
                silent[host] = silent[host] + 1 if is_silent else 0
                yield url, answer
                while left and silent[host] >= MOST_SILENT:
                    yield left.popleft(), FetchError(f"{host} was not asked any more.")
                if left:
                    ready.append((host, left))


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.casefold()
    except ValueError:
        return ""


class _Shelf:
    """The part of the library that is asked for: ``images`` by address, ``failed`` are reasons by address."""

    def __init__(self, urls: Collection[str]) -> None:
        known = Image.objects.filter(source_url__in=urls).order_by("pk") if urls else ()
        self.images: dict[str, Image] = {image.source_url: image for image in known}
        self.failed: dict[str, str] = {}
        self.known, self.fetched = len(self.images), 0

    def put(self, remote: RemotePicture, answer: Answer) -> None:
        """Add a picture to the library, or note why not."""
        if isinstance(answer, FetchError):
            self.failed[remote.url] = str(answer)
            return
        try:
            with warnings.catch_warnings(action="ignore"):  # Pillow's, of damaged metadata
                self._add(remote, answer)
        except BadPicture as error:
            self.failed[remote.url] = str(error)
        except (DatabaseError, Image.DoesNotExist, *BROKEN, *DAMAGED) as error:
            self.failed[remote.url] = f"It cannot be stored: {error}".rstrip(".") + "."

    def _add(self, remote: RemotePicture, content: bytes) -> None:
        image = _described(remote, content)
        try:
            self.images[remote.url] = add_image(content, image)
            self.fetched += 1
        except AlreadyThere as there:
            self._meet(remote.url, there.image)
        except IntegrityError:  # another importer was quicker
            self._meet(remote.url, Image.objects.get(sha256=image.sha256))

    def _meet(self, url: str, image: Image) -> None:
        """Take what the library has already, and remember where it can be had."""
        if not image.source_url:
            image.source_url = url
            Image.objects.filter(pk=image.pk, source_url="").update(source_url=url)
        self.images[url] = image
        self.known += 1

    def name_apart(self) -> None:
        """Give each image a name that leads to it and to no other: stories find the newest of a name."""
        names = {image.name for image in self.images.values()}
        found = Image.objects.filter(name__in=names).order_by("pk").values_list("name", "pk")
        newest = dict(found) if names else {}
        for image in {image.pk: image for image in self.images.values()}.values():
            if newest.get(image.name) != image.pk:
                image.name = _free(image.name, image.sha256)
                Image.objects.filter(pk=image.pk).update(name=image.name)

    def said(self) -> list[str]:
        """Return a sentence on each failure, and one on all pictures."""
        reasons = [f"{url}: {reason}" for url, reason in self.failed.items()]
        if not (self.images or self.failed):
            return []
        total = f"{self.fetched} fetched, {self.known} already there, {len(self.failed)} failed"
        return [*reasons, f"Lead pictures: {total}."]


def _described(remote: RemotePicture, content: bytes) -> Image:
    """Return a new image with the source's words, and what its file says where the source is silent."""
    checked = read_picture(content)
    found = read_metadata(content)
    name = _name(remote.url, checked.format)
    if Image.objects.filter(name=name).exists():
        name = _free(name, checked.sha256)
    image = Image(name=name, source_url=remote.url, taken_on=found.taken_on)
    for field in ("alt", "caption", "credit"):
        words = getattr(remote, field) or getattr(found, field)
        most = LIMITS[field]
        setattr(image, field, words if len(words) <= most else clipped(words, most - 2))
    return image


def _name(url: str, format: str) -> str:
    """Return the file's name in ``url`` as a library may have it; its format ends a name that has no ending."""
    path = unicodedata.normalize("NFC", unquote(urlsplit(url).path))
    last = re.split(r"[/\\]", path)[-1]
    shown = "".join(letter for letter in last if letter.isprintable())
    stem, suffix = _parts(_UNSAFE.sub(" ", shown).strip(" ."))
    return _fitted(stem or "picture", suffix or f".{format}")


def _parts(name: str) -> tuple[str, str]:
    """Return stem and ending (empty for none) of a file's name."""
    path = PurePosixPath(name)
    return (path.stem, path.suffix) if _SUFFIX.fullmatch(path.suffix) else (name, "")


def _fitted(stem: str, suffix: str) -> str:
    return stem[: LIMITS["name"] - len(suffix)] + suffix


def _free(name: str, digest: str) -> str:
    """Return ``name`` with as much of ``digest`` before its ending as makes it the only one."""
    stem, suffix = _parts(name)
    for length in (8, 16, 32):
        found = _fitted(stem, f"-{digest[:length]}{suffix}")
        if not Image.objects.filter(name=found).exists():
            return found
    return _fitted("", f"{digest}{suffix}")


def _linked(story: ParsedArticle, shelf: _Shelf) -> ParsedArticle:
    """Return ``story`` with its picture, or with a note on why it has none."""
    url = story.remote_picture.url if story.remote_picture else ""
    if image := shelf.images.get(url):
        if image.has_alt:
            return replace(story, picture=image.name)
        note = f"Picture {image.name} is in the library, and waits for a description."
    else:
        note = f"Picture not fetched: {url} {shelf.failed.get(url, '')}".strip()
    return _noted(replace(story, picture=""), note)


def _noted(story: ParsedArticle, note: str) -> ParsedArticle:
    return replace(story, ed_note=f"{story.ed_note}\n{note}".strip())
