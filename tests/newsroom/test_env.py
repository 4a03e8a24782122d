"""newsroom/env.py: what is read, what wins, and how a start is stopped."""

from pathlib import Path

import pytest

from newsroom import values
from newsroom.env import BadEnvironment, Environment, read_env_file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / ".env"


def stopped(env: Environment) -> str:
    """Give the message that ``env`` stops the start with."""
    with pytest.raises(BadEnvironment) as caught:
        env.stop_on_problems()
    return str(caught.value)


def test_the_environment_wins_over_the_file(file):
    file.write_text("PAPER_NAME=From the file\nTIME_ZONE=Europe/Rome\n")
    env = Environment({"PAPER_NAME": "From the shell"}, file)
    assert env.text("PAPER_NAME") == "From the shell"
    assert env.text("TIME_ZONE") == "Europe/Rome"


def test_an_empty_value_counts_as_not_set(file):
    file.write_text("PAPER_NAME=From the file\nTIME_ZONE=\n")
    env = Environment({"PAPER_NAME": " "}, file)
    assert env.text("PAPER_NAME") == "From the file"
    assert env.text("TIME_ZONE", "UTC") == "UTC"


def test_a_test_run_reads_no_file(file):
    file.write_text("PAPER_NAME=From the file\n")
    env = Environment({"NEWSROOM_MODE": "test"}, file)
    assert env.text("PAPER_NAME", "Newsroom") == "Newsroom"


def test_every_problem_is_told_at_once_with_what_to_write(file):
    env = Environment({"DEBUG": "maybe", "TIME_ZONE": "Mars/Olympus"}, file)
    assert env.read("DEBUG", values.flag, "0") is False
    assert env.read("TIME_ZONE", values.time_zone, "UTC") == "UTC"
    env.required("SITE_URL", values.base_url, "http://127.0.0.1:8000", "https://news.example")
    message = stopped(env)
    assert str(file) in message
    assert "DEBUG is 'maybe': write 1 or 0" in message
    assert "TIME_ZONE is 'Mars/Olympus': write a time zone such as Europe/London" in message
    assert "SITE_URL is missing: add the line\n    SITE_URL=https://news.example" in message


def test_a_name_in_the_file_that_nothing_reads_is_refused_with_the_nearest_one(file):
    file.write_text("DEBGU=1\nBANANA=1\n")
    env = Environment({}, file)
    env.read("DEBUG", values.flag, "0")
    message = stopped(env)
    assert "DEBGU is not a setting of this newsroom. Did you mean DEBUG?" in message
    assert "BANANA is not a setting of this newsroom.\n" in message


def test_a_foreign_name_in_the_shell_is_nobodys_business(file):
    env = Environment({"BANANA": "1"}, file)
    env.stop_on_problems()
    assert env.problems == []


def test_a_bad_secret_is_not_repeated_in_the_message(file):
    env = Environment({"SECRET_KEY": "hunter2hunter2"}, file)
    env.read("SECRET_KEY", values.secret_key, "x" * 10 + "0123456789" * 4)
    assert "hunter2" not in stopped(env)


def test_the_file_may_hold_comments_quotes_export_and_equal_signs(file):
    file.write_text(
        "\ufeff# a comment\n\nexport A=1\n B = two words \nC=\"a # b\"\nD='x'\nE=a=b\n",
        encoding="utf-8",
    )
    assert read_env_file(file) == {"A": "1", "B": "two words", "C": "a # b", "D": "x", "E": "a=b"}


def test_no_file_is_no_values(file):
    assert read_env_file(file) == {}


@pytest.mark.parametrize("line", ["SECRET_KEY", "=x", "1A=x", "A B=x"])
def test_a_line_that_cannot_be_read_is_named_by_its_number(file, line):
    file.write_text(f"A=1\n{line}\n")
    with pytest.raises(BadEnvironment, match="line 2: write NAME=value"):
        read_env_file(file)


def test_a_file_of_other_bytes_is_named_without_a_traceback(file):
    file.write_bytes(b"A=\xff\xfe")
    with pytest.raises(BadEnvironment, match="cannot be read"):
        read_env_file(file)
