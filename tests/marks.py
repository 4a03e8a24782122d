"""How a page marks what came and went, written out."""

SPOKEN_MARK = '<span class="visually-hidden">[{}: </span>{}<span class="visually-hidden">]</span>'


def marks(removed: str = "", added: str = "") -> str:
    """Return ``removed`` and then ``added`` as the HTML in which readers and editors get them."""
    deleted = f"<del>{SPOKEN_MARK.format('removed', removed)}</del>" if removed else ""
    inserted = f"<ins>{SPOKEN_MARK.format('added', added)}</ins>" if added else ""
    return f"{deleted} {inserted}".strip()
