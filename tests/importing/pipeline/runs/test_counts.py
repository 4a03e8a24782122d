"""What became of the records of a batch, counted from nothing."""

from articles.importing.formats.types import Hold, ParsedArticle
from articles.importing.pipeline.runs.counts import BatchCounts
from articles.publishing import Obstacle


def test_counts_begin_at_nothing_and_go_up_by_one():
    counts = BatchCounts()
    fields = ("created", "updated", "unchanged", "waiting", "refused")
    assert [getattr(counts, name) for name in fields] == [0, 0, 0, 0, 0]
    counts.count("created")
    counts.count("created")
    assert (counts.created, counts.updated) == (2, 0)


def test_a_copy_counts_on_by_itself():
    counts = BatchCounts(created=3, notes=["a"], articles=[1])
    counts.met["undated"] += 1
    copy = counts.copy()
    copy.notes.append("b")
    copy.met["undated"] += 1
    assert (counts.notes, counts.met["undated"], counts.articles) == (["a"], 1, [1])
    assert (copy.created, copy.notes, copy.met["undated"], copy.articles) == (3, ["a", "b"], 2, [])


def test_why_a_version_waits_is_counted_and_said():
    counts = BatchCounts()
    counts.add_waiting(Obstacle("held", "It is on hold."), ["Fish", "It was withdrawn."])
    assert counts.met == {"waits:held": 1}
    assert counts.notes == ["Fish: a newer version waits. It is on hold. It was withdrawn."]


def test_what_a_story_lacks_is_counted():
    counts, pictures = BatchCounts(), {"there.jpg"}
    for picture in ("", "there.jpg", "gone.jpg"):
        parsed = ParsedArticle(record="1", original=b"", picture=picture)
        counts.count_problems(parsed, pictures)
    on_hold = ParsedArticle(record="1", original=b"", holds=(Hold("expired", "Over."),))
    counts.count_problems(on_hold, pictures)
    assert (counts.met["missing_pictures"], counts.met["undated"], counts.met["expired"]) == (
        1,
        4,
        1,
    )
