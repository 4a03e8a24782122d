"""Measured on annotated articles: no figure falls below the floor that was reached before."""

import importlib.util
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from articles.extraction.extract import extract

FLOORS = {  # row of the scorer -> its figures, one a key
    "polnear-dev": {
        "exact": {"p": 93.6, "r": 93.0, "f1": 93.3},
        "overlap": {"p": 94.5, "r": 93.9, "f1": 94.2},
        "recall of whole-sentence quotes": {"%": 95.9},
        "speaker given span": {"%": 93.5},
        "speaker given span, whole-sentence": {"%": 95.0},
        "cue given span": {"%": 88.0},
        "span+speaker": {"p": 88.0, "r": 88.0, "f1": 88.0},
        "band high (>= 0.9)": {"%": 97.0, "share": 45.0},
        "band medium (>= 0.7)": {"%": 83.1},
    },
    "ggt-dev": {
        "exact": {"p": 94.6, "r": 98.0, "f1": 96.2},
        "overlap": {"p": 94.6, "r": 98.0, "f1": 96.2},
        "recall of whole-sentence quotes": {"%": 98.6},
        "speaker given span": {"%": 95.0},
        "speaker given span, whole-sentence": {"%": 95.2},
        "cue given span": {"%": 94.0},
        "span+speaker": {"p": 91.0, "r": 91.0, "f1": 92.0},
        "entity given span": {"%": 89.5},
        "entity given span, named": {"%": 86.0},
        "entity given span, pronoun": {"%": 91.0},
        "entity given span, no mention": {"%": 93.0},
        "span+entity": {"p": 86.0, "r": 86.0, "f1": 87.0},
        "band high (>= 0.9)": {"%": 98.0, "share": 45.0},
        "band medium (>= 0.7)": {"%": 81.2},
        "people": {"p": 87.0, "r": 94.0, "f1": 91.0},
        "official > 0.3": {"p": 81.7, "r": 89.8, "f1": 85.6, "speaker": 92.4, "verb": 91.1}
        | {"r direct": 98.3, "r mixed": 88.2, "r indirect": 80.4},
        "official > 0.8": {"p": 78.7, "r": 86.6, "f1": 82.5, "speaker": 93.7, "verb": 92.3}
        | {"r direct": 98.6, "r mixed": 72.9, "r indirect": 76.5},
    },
    "wikinews-dev": {
        "exact": {"p": 96.8, "r": 96.8, "f1": 96.8},
        "overlap": {"p": 98.4, "r": 98.4, "f1": 98.4},
        "recall of whole-sentence quotes": {"%": 100.0},
        "entity given span": {"%": 93.0},
        "span+entity": {"p": 92.0, "r": 92.0, "f1": 92.0},
        "band high (>= 0.9)": {"%": 95.0},
        "band medium (>= 0.7)": {"%": 75.9},
    },
}


def _result(folder: Path, name: str) -> dict:
    """Extract from every article of a gold file and score what was found."""
    spec: Any = importlib.util.spec_from_file_location("score", folder / "score.py")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    gold = score.load(str(folder / "gold" / f"{name}.jsonl"))
    system = {}
    for key, article in gold.items():
        extraction = asdict(extract(article["text"]))
        system[key] = json.loads(json.dumps(extraction)) | {"id": key, "_where": key}
    return score.evaluate(gold, system)[0]


@pytest.mark.parametrize("name", FLOORS)
def test_no_figure_is_below_its_floor(shared, name):
    result = _result(shared / "quotes", name)
    assert result["verbatim violations"] == 0
    assert result["articles missing"] == 0
    short = {
        f"{row}: {key}": (round(result[row][key], 1), floor)
        for row, floors in FLOORS[name].items()
        for key, floor in floors.items()
        if round(result[row][key], 1) < floor
    }
    assert short == {}
