"""Charts: from zero, in proportion, within the drawing, and nothing that was counted is invisible."""

from hypothesis import given
from hypothesis import strategies as st

from articles.charts import place_columns, scale

COUNTS = st.integers(0, 10_000)


def test_the_most_fills_the_length_and_the_rest_is_in_proportion():
    assert [scale(count, 8, 360) for count in (8, 4, 2, 0)] == [360, 180, 90, 0]
    assert scale(1, 10_000, 100) == 1
    assert scale(0, 0, 100) == 0


def test_the_parts_of_a_column_stand_on_each_other():
    columns = place_columns([(1, 3), (2, 0)], width=20, height=100, top=5)
    assert [column.x for column in columns] == [1, 11]
    assert [column.width for column in columns] == [8, 8]
    assert [column.middle for column in columns] == [5, 15]
    assert [column.parts for column in columns] == [((80, 25), (5, 75)), ((55, 50), (55, 0))]


@given(st.lists(st.tuples(COUNTS, COUNTS), max_size=130))
def test_columns_never_leave_the_drawing(counts):
    columns = place_columns(counts, 360, 140, 40)
    assert len(columns) == len(counts)
    for column, pair in zip(columns, counts, strict=True):
        assert 0 <= column.x < column.x + column.width <= 360
        assert 40 <= column.parts[-1].y <= column.parts[0].y <= 180
        assert (column.parts[-1].y < 180) == (sum(pair) > 0)
        assert (column.parts[0].height > 0) == (pair[0] > 0)
