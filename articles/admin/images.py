"""The library of pictures. What is shown here are renditions: an original may tell where it was taken."""

import logging
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import IntegrityError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy

from articles.image_files import BadPicture, open_picture
from articles.image_library import DuplicateImage, prepare_image, store_image
from articles.models import Image
from articles.models.images import FORMATS

from .base import NewsroomModelAdmin, datetime_or_dash
from .requests import authenticated
from .trash.mixin import TrashAdminMixin

log = logging.getLogger(__name__)
CONTENT_TYPES = {name: f"image/{name}" for name in FORMATS}


ALT_IS_MISSING = gettext_lazy(
    "Say what the picture shows, or mark it as decorative if the text says it all."
)


class ImageForm(forms.ModelForm):
    """What a picture shows and who made it; the file only once."""

    file = forms.FileField(
        label="picture",
        widget=forms.FileInput(
            attrs={"accept": "image/jpeg,image/png,image/webp,image/avif,image/tiff"}
        ),
        help_text="JPEG, PNG, WebP, AVIF, TIFF or GIF; at most 15 MB, 50 million pixels and 20,000 on a side. "
        "Where it was taken stays with us.",
    )

    class Meta:
        model = Image
        fields = ("name", "alt", "is_decorative", "caption", "credit")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields.pop("file", None)
        elif "name" in self.fields:
            self.fields["name"].required = False
            self.fields["name"].help_text = "Empty: the file's own name."
        if "alt" in self.fields:
            self.fields["alt"].widget.attrs["data-missing"] = ALT_IS_MISSING

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.MAX_IMAGE_BYTES:
            raise forms.ValidationError(
                f"The file has {file.size / 1e6:.0f} MB; at most 15 MB are allowed. Save it smaller."
            )
        self.content = file.read()
        try:
            open_picture(self.content, max_pixels=settings.MAX_IMAGE_PIXELS)
        except BadPicture as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return file

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if "file" in cleaned and not cleaned.get("name"):
            cleaned["name"] = cleaned["file"].name[:160]
        if "alt" in self.fields and not cleaned.get("alt") and not cleaned.get("is_decorative"):
            self.add_error("alt", ALT_IS_MISSING)
        if "file" in cleaned and not self.errors:
            self._prepare()
        elif "file" in cleaned:  # no browser sends it again by itself
            self.add_error("file", gettext("The picture was not stored. Choose its file again."))
        return cleaned

    def _prepare(self) -> None:
        """Decode the file and make its renditions, once all else is right: it takes seconds."""
        try:
            self.prepared = prepare_image(self.content)
        except BadPicture as refusal:
            self.add_error("file", str(refusal))
        except DuplicateImage as duplicate:
            if duplicate.image.trashed_at:
                self.add_error("file", str(duplicate))
                return
            address = reverse("admin:articles_image_change", args=[duplicate.image.pk])
            message = 'This picture is in the library already: <a href="{}">{}</a>.'
            self.add_error("file", format_html(message, address, duplicate.image))


@admin.register(Image)
class ImageAdmin(TrashAdminMixin, NewsroomModelAdmin):
    form = ImageForm
    change_form_template = add_form_template = "admin/articles/image/change_form.html"
    list_display = ("thumbnail", "name", "alternative_text", "caption", "credit", "added")
    list_display_links = ("thumbnail", "name")
    list_filter = ("is_decorative", "created_at")
    search_fields = ("name", "alt", "caption", "credit")
    readonly_fields = ("picture",)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say it plainly when the storage refuses (full, not writable) or the same picture came twice at once."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except (OSError, DuplicateImage, IntegrityError) as error:
            log.exception("a picture was not stored")
            self.message_user(
                request,
                f"Nothing was stored: {error}. Tell the operator, then try again.",
                messages.ERROR,
            )
            return HttpResponseRedirect(request.get_full_path())

    def get_fields(self, request: HttpRequest, obj: Image | None = None) -> tuple[str, ...]:
        first = ("file",) if obj is None else ("picture",)
        return (*first, "alt", "is_decorative", "caption", "credit", "name")

    def label_for(self, image: Image) -> str:
        return f"{image.name} — {image.alt or image.caption or 'decorative'}"

    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:
        request = authenticated(request)
        if change:
            return super().save_model(request, obj, form, change)
        obj.created_by = request.user
        store_image(form.prepared, obj)

    def thumbnail_address(self, image: Image) -> str:
        return rendition_address(image, image.widths[0])

    @admin.display(description="")
    def thumbnail(self, image: Image) -> str:
        return rendition_tag(image, image.widths[0], 96)

    @admin.display(description="picture")
    def picture(self, image: Image) -> str:
        return rendition_tag(
            image, max(w for w in image.widths if w <= 960 or len(image.widths) == 1), 640
        )

    @admin.display(description="added", ordering="created_at")
    def added(self, image: Image) -> str:
        return datetime_or_dash(image.created_at)

    @admin.display(description="alternative text")
    def alternative_text(self, image: Image) -> str:
        return image.alt or ("decorative" if image.is_decorative else "— missing")

    def get_urls(self) -> list[URLPattern]:
        rendition = path(
            "<str:token>/<int:width>.<str:format>",
            self.admin_site.admin_view(self.rendition, cacheable=True),
            name="articles_image_rendition",
        )
        return [rendition, *super().get_urls()]

    def rendition(self, request: HttpRequest, token: str, width: int, format: str) -> FileResponse:
        """Give a rendition to whoever may see pictures or stories here, published or not."""
        if not self.has_view_permission(request) and not request.user.has_perm(
            "articles.view_article"
        ):
            raise PermissionDenied
        image = Image.objects.filter(token=token).first()
        if image is None or width not in image.widths or format not in CONTENT_TYPES:
            raise Http404("There is no such picture.")
        try:
            file = default_storage.open(image.rendition_path(width, format))
        except OSError as error:
            raise Http404("The file of this picture is missing.") from error
        response = FileResponse(file, content_type=CONTENT_TYPES[format])
        response["Cache-Control"] = "private, max-age=3600"
        return response


def rendition_address(image: Image, width: int) -> str:
    """Return where the desk shows ``image`` at ``width`` pixels."""
    return reverse("admin:articles_image_rendition", args=[image.token, width, "jpeg"])


def rendition_tag(image: Image, width: int, display_width: int) -> str:
    """Return an img of ``display_width`` pixels width at most."""
    height = round(image.height * display_width / image.width)
    return format_html(
        '<img class="picture" src="{}" alt="{}" width="{}" height="{}" loading="lazy">',
        rendition_address(image, width),
        image.alt,
        display_width,
        height,
    )
