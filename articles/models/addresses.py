"""Where things used to stand before they came here."""

from django.db import models

from .constraints import exactly_one


class FormerAddress(models.Model):
    """An address from another system (``/2014/05/slug/``, ``/?p=123``) that answers 301 to one row of ours.

    ``path`` is absolute, with its query string when that names the page.
    """

    path = models.CharField(max_length=500, unique=True)
    article = models.ForeignKey("Article", on_delete=models.CASCADE, null=True, related_name="+")
    tag = models.ForeignKey("Tag", on_delete=models.CASCADE, null=True, related_name="+")
    person = models.ForeignKey("Person", on_delete=models.CASCADE, null=True, related_name="+")
    organization = models.ForeignKey(
        "Organization", on_delete=models.CASCADE, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("article", "tag", "person", "organization"),
                name="former_address_leads_to_one",
            )
        ]

    def __str__(self) -> str:
        return self.path
