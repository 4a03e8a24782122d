"""How far a run is, for whoever waits: bytes and records a second, and the time left."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from tqdm import tqdm

from articles.importing.files import sources
from articles.importing.formats.types import ReadError


@contextmanager
def progress(paths: Sequence[str], verbosity: int) -> Iterator[Callable[[int], None]]:
    """Give what is to be called with the bytes of each record; a line on a terminal shows the sum.

    Nothing is shown when standard error is no terminal, and with a verbosity of 0.
    """
    disable = verbosity == 0 or None
    records = 0
    with tqdm(unit="B", unit_scale=True, total=_size(paths), disable=disable) as bar:

        def step(size: int) -> None:
            nonlocal records
            records += 1
            bar.update(size)
            elapsed = bar.format_dict["elapsed"] if not bar.disable and records % 100 == 0 else 0
            if elapsed:
                bar.set_postfix_str(f"{records} records, {records / elapsed:.0f}/s", refresh=False)

        yield step


def _size(paths: Sequence[str]) -> int | None:
    """Return how many bytes there are to read, None when nobody can tell."""
    if sources.STDIN in paths:
        return None
    try:
        return sum(file.size for file in sources.find_sources(paths))
    except ReadError:
        return None  # the import itself says what is wrong
