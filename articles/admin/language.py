"""The language that the desk speaks to somebody: chosen by themselves, or by who looks after accounts."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from articles.models import User
from articles.translation.languages import desk_languages

TEMPLATE = "admin/articles/user/language.html"


def language_field(db_field: Any) -> forms.ChoiceField:
    """Return the choice among what the desk can speak; a language that was chosen and is gone counts as none."""
    field = db_field.formfield()
    return forms.ChoiceField(
        choices=[("", _("The paper's language")), *desk_languages()],
        required=False,
        label=field.label,
        help_text=field.help_text,
    )


class LanguageForm(forms.ModelForm):
    """What anybody may change of their own account."""

    class Meta:
        model = User
        fields = ("language",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"] = language_field(User._meta.get_field("language"))


def language_view(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Ask which language the desk shall speak, and speak it from the next page on."""
    form = LanguageForm(request.POST or None, instance=request.user)
    if form.is_valid():
        form.instance.save(update_fields=["language"])
        with override(form.instance.language or None):
            messages.success(request, gettext("The desk speaks this language to you."))
        return HttpResponseRedirect(reverse("admin:index"))
    context = {**site.each_context(request), "title": gettext("Your language"), "form": form}
    return TemplateResponse(request, TEMPLATE, context)
