"""Where the sample newsroom is and how to get in."""

from collections.abc import Callable


def write_welcome(
    passwords: dict[str, str], port: int | None, write: Callable[[str], object]
) -> None:
    """Say where the paper is (``port`` None: not served) and print new passwords: this once, they are kept nowhere."""
    if port is None:
        write("\nIt is built. To serve it: uv run manage.py demo")
    else:
        write(f"\nThe paper:    http://127.0.0.1:{port}/")
        write(f"The newsroom: http://127.0.0.1:{port}/admin/")
    if not passwords:
        write("The passwords were printed when the accounts were made; a new one:")
        write("  uv run manage.py changepassword editor")
        return
    write("Log in as (these passwords are printed once):")
    for name, password in passwords.items():
        write(f"  {name:10} {password}")
