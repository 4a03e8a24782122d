"""How fast quotes are found, against another extractor that speaks the same JSON lines, in one process, turn by turn.

    uv run python -m tests.benchmarks.extraction OTHER.py ARTICLES.jsonl

``OTHER.py`` has ``article(dict) -> dict``; each line of ``ARTICLES.jsonl`` is ``{"id", "text"}``. Prints the median CPU
time of each, JSON in and out, and the ratio.
"""

import importlib.util
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from articles.extraction.json_lines import extract_line

ROUNDS = 7


def seconds(extract: Callable[[bytes], object], lines: list[bytes]) -> float:
    """Return the CPU seconds that ``extract`` takes for ``lines``, each answer printed as JSON."""
    started = time.process_time()
    for line in lines:
        json.dumps(extract(line), ensure_ascii=False)
    return time.process_time() - started


def load_extractor(path: str) -> Callable[[bytes], object]:
    """Return the extractor in the file ``path``."""
    spec = importlib.util.spec_from_file_location("other", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is no Python file.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return lambda line: module.article(json.loads(line))


def main(their_file: str, articles: str) -> None:
    theirs, lines = load_extractor(their_file), Path(articles).read_bytes().splitlines()
    seconds(theirs, lines), seconds(extract_line, lines)  # warm
    pairs = [(seconds(theirs, lines), seconds(extract_line, lines)) for _ in range(ROUNDS)]
    their_time, our_time = (median(column) for column in zip(*pairs, strict=True))
    ratio = f"{their_time / our_time:.2f}"
    sys.stdout.write(f"theirs {their_time:.3f} s, ours {our_time:.3f} s of CPU: {ratio} x\n")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
