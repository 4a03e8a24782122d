"""newsroom/first_start.py: what `manage.py demo` may write, and where it keeps its hands off."""

import stat

import pytest

from newsroom.env import read_env_file
from newsroom.first_start import prepare_demo


def test_the_first_demo_gets_a_private_file_with_a_random_key(tmp_path):
    prepare_demo(["demo"], tmp_path, {})
    written = read_env_file(tmp_path / ".env")
    assert len(written["SECRET_KEY"]) > 50
    assert written["NEWSROOM_MODE"] == "demo"
    assert written["ALLOWED_HOSTS"] == "127.0.0.1,localhost,[::1]"
    assert stat.S_IMODE((tmp_path / ".env").stat().st_mode) == 0o600


def test_two_demos_have_two_keys(tmp_path):
    keys = set()
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        prepare_demo(["demo"], tmp_path / name, {})
        keys.add(read_env_file(tmp_path / name / ".env")["SECRET_KEY"])
    assert len(keys) == 2


def test_the_second_demo_changes_nothing(tmp_path):
    prepare_demo(["demo"], tmp_path, {})
    before = (tmp_path / ".env").read_text()
    prepare_demo(["demo", "--no-serve"], tmp_path, {})
    assert (tmp_path / ".env").read_text() == before


@pytest.mark.parametrize(
    "arguments", [[], ["check"], ["demo", "--remove"], ["demo", "--help"], ["help", "demo"]]
)
def test_other_commands_write_nothing(tmp_path, arguments):
    prepare_demo(arguments, tmp_path, {})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "written", ["SECRET_KEY=mine\n", "SECRET_KEY=mine\nNEWSROOM_MODE=production\n"]
)
def test_a_newsroom_of_ones_own_is_refused_and_kept(tmp_path, written):
    (tmp_path / ".env").write_text(written)
    with pytest.raises(SystemExit, match="fills demos only"):
        prepare_demo(["demo"], tmp_path, {})
    assert (tmp_path / ".env").read_text() == written


@pytest.mark.parametrize("environ", [{"SECRET_KEY": "mine"}, {"NEWSROOM_MODE": "production"}])
def test_a_newsroom_set_up_in_the_shell_is_refused_too(tmp_path, environ):
    with pytest.raises(SystemExit, match="fills demos only"):
        prepare_demo(["demo"], tmp_path, environ)
    assert list(tmp_path.iterdir()) == []


def test_the_shell_makes_no_other_newsroom_of_a_demo(tmp_path):
    prepare_demo(["demo"], tmp_path, {})
    with pytest.raises(SystemExit, match="'production'"):
        prepare_demo(["demo"], tmp_path, {"NEWSROOM_MODE": "production"})


@pytest.mark.parametrize("arguments", [["--port", "8123"], ["--no-serve", "--port=8123"]])
def test_the_port_is_part_of_the_papers_address(tmp_path, arguments):
    environ: dict[str, str] = {}
    prepare_demo(["demo", *arguments], tmp_path, environ)
    assert environ == {"SITE_URL": "http://127.0.0.1:8123"}


@pytest.mark.parametrize("arguments", [["--port"], ["--port", "x"], ["--port", "99999"], []])
def test_a_bad_port_is_left_to_the_command(tmp_path, arguments):
    environ: dict[str, str] = {}
    prepare_demo(["demo", *arguments], tmp_path, environ)
    assert environ == {}
