"""Where the sample newsroom is and how to get in."""

from collections.abc import Callable


def in_words(passwords: dict[str, str], port: int | None, say: Callable[[str], object]) -> None:
    """Say where the paper is (``port`` None: not served) and print new passwords: this once, they are kept nowhere."""
    if port is None:
        say("\nIt is built. To serve it: uv run manage.py demo")
    else:
        say(f"\nThe paper:    http://127.0.0.1:{port}/")
        say(f"The newsroom: http://127.0.0.1:{port}/admin/")
    if not passwords:
        say("The passwords were printed when the accounts were made; a new one:")
        say("  uv run manage.py changepassword editor")
        return
    say("Log in as (these passwords are printed once):")
    for name, password in passwords.items():
        say(f"  {name:10} {password}")
