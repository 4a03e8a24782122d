"""How fast this computer computes at the moment, so that a bound in seconds means the same on a slow or busy one."""

import re
import time

TEXT = "The mayor, Ada Okafor, said. " * 2000
USUAL = 0.021  # CPU seconds of ``_work`` on the computer on which the bounds were set


def pace() -> float:
    """Return by how much longer than there this computer takes now for work of the same kind; 1 when it is as fast.

    The least of three rounds: never below 1, so that a fast computer gets no tighter bound.
    """
    return max(1.0, min(_seconds() for _ in range(3)) / USUAL)


def _seconds() -> float:
    started = time.process_time()
    _work()
    return time.process_time() - started


def _work() -> None:
    for _ in range(3):
        [match[0] for match in re.finditer(r"\w+|[^\w\s]", TEXT)]
        sum(number * number % 7 for number in range(60_000))
