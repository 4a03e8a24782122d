"""The tag that every form with POST has: Django's ``{% csrf_token %}``, and what the forms of the desk have beside it.

It stands in for Django's own by ``builtins`` of the settings, so that no form of the desk can be without.
"""

import secrets

from django import template
from django.core.signing import TimestampSigner
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html

register = template.Library()
FIELD = '<input type="hidden" name="{}" value="{}">'
# Enter in a one-line field presses the first button of its form; one that is disabled ends it there.
ENTER_BUTTON = "<button disabled hidden></button>"
OWNER_SIGNER = TimestampSigner(salt="articles.form_owner")


class FormTokenNode(CsrfTokenNode):
    """The hidden fields of a form; all but the first only for who is at the desk.

    ``form_token`` is a new one for each form, unless the view gives its page one under this name; ``form_owner`` is the
    signed key of the account that got the page, by which a form is known that comes back after the session has ended.
    Enter in a field does not send the form.
    """

    def render(self, context: Context) -> str:
        csrf_field = super().render(context)
        user = getattr(context.get("request"), "user", None)
        if not csrf_field or user is None or not user.is_staff:
            return csrf_field
        own_token = context.get("form_token") or secrets.token_urlsafe(16)
        token = format_html(FIELD, "form_token", own_token)
        owner = format_html(FIELD, "form_owner", OWNER_SIGNER.sign(str(user.pk)))
        return csrf_field + token + owner + ENTER_BUTTON


@register.tag
def csrf_token(parser: Parser, token: Token) -> FormTokenNode:
    """Put the fields into a form."""
    return FormTokenNode()
