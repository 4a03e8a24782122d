"""Who may log in."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """An account of the newsroom. What it may do comes from its groups (see ``articles.roles``).

    ``language`` is what the desk speaks to it (BCP 47), empty for the paper's own.
    """

    language = models.CharField(
        _("language of the desk"),
        max_length=20,
        blank=True,
        help_text=_("Readers get every page in the paper's language, whatever this is."),
    )

    @property
    def display_name(self) -> str:
        """The name by which the desk speaks of the account: the full one, else the login."""
        return self.get_full_name() or self.username
