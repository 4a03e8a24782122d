import pytest

from tests.growth import assert_linear


def test_work_that_grows_with_its_input_passes():
    assert_linear(lambda size: sum(range(size)), 8_000_000)


def test_work_that_grows_with_the_square_of_its_input_fails():
    with pytest.raises(AssertionError, match="four times the input"):
        assert_linear(lambda size: [sum(range(size)) for _ in range(size)], 12_000)
