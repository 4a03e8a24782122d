"""Who may log in."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """An account of the newsroom. What it may do comes from its groups (see ``articles.roles``)."""
