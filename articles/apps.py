"""How Django finds the newsroom, and the admin with the site of ours."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "The newsroom"
    default = True


class NewsroomAdminConfig(AdminConfig):
    """The admin, with the site of ours."""

    default_site = "articles.admin_site.NewsroomAdminSite"
