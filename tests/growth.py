"""How the cost of a piece of work grows with its input: the same answer on a slow, a fast and a busy computer."""

import gc
import time
from collections.abc import Callable

FLOOR = 0.2  # CPU seconds: what costs less is not told from noise


def assert_linear(work: Callable[[int], object], size: int) -> None:
    """Fail when ``work`` costs much more than four times as much CPU at ``size`` as at a quarter of it.

    Linear work costs four times as much, quadratic work sixteen times; the bound lies between, at eight.
    Another program on the computer can only make a round dearer, so the best of three rounds counts.
    """
    rounds = []
    for _ in range(3):
        small = min(_seconds(work, size // 4) for _ in range(2))
        large = _seconds(work, size)
        if large < 8 * small + FLOOR:
            return
        rounds.append(f"{small:.3f} s -> {large:.3f} s")
    raise AssertionError(f"four times the input costs more than eight times the time: {rounds}")


def _seconds(work: Callable[[int], object], size: int) -> float:
    """Return the CPU seconds of ``work``, without the collector: it walks over what other tests have left."""
    gc.disable()
    try:
        started = time.process_time()
        work(size)
        return time.process_time() - started
    finally:
        gc.enable()
