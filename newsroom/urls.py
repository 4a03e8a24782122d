"""The top of the addresses: health, the admin, and everything that the paper itself answers."""

from django.contrib import admin
from django.urls import include, path

from newsroom import health

handler400 = "newsroom.faults.bad_request"
handler403 = "newsroom.faults.permission_denied"
handler404 = "newsroom.faults.page_not_found"
handler500 = "newsroom.faults.server_error"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("", include("articles.public.urls")),
]
