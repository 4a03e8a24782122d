"""Serve the sample newsroom on this computer."""

import socket

from django.conf import settings
from granian import Granian
from granian.constants import Interfaces

ADDRESS = "127.0.0.1"
THREADS = 4


def is_free(port: int) -> bool:
    """Tell whether nobody listens on ``port`` of this computer."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            return False
    return True


def serve(port: int) -> None:
    """Serve until interrupted; a worker that dies, as one that was out of memory, is replaced."""
    target = ":".join(settings.WSGI_APPLICATION.rsplit(".", 1))
    Granian(
        target,
        address=ADDRESS,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        websockets=False,
        respawn_failed_workers=True,
    ).serve()
