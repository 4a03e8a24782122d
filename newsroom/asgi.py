"""The door for an ASGI server. Prefer WSGI: every view is synchronous, and ASGI costs more."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = get_asgi_application()
