"""The tag that every form with POST has: Django's ``{% csrf_token %}``, and beside it the token of the form.

It stands in for Django's own by ``builtins`` of the settings, so that no form of the desk can be without.
"""

import secrets

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html

register = template.Library()
FIELD = '<input type="hidden" name="form_token" value="{}">'


class FormTokenNode(CsrfTokenNode):
    """The two hidden fields of a form; the second one only for who is logged in, a new one for each form."""

    def render(self, context: Context) -> str:
        csrf_field = super().render(context)
        user = getattr(context.get("request"), "user", None)
        if not csrf_field or user is None or not user.is_authenticated:
            return csrf_field
        return csrf_field + format_html(FIELD, secrets.token_urlsafe(16))


@register.tag
def csrf_token(parser: Parser, token: Token) -> FormTokenNode:
    """Put both tokens into a form."""
    return FormTokenNode()
