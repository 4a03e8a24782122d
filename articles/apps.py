"""How Django finds the newsroom, and the admin with the site of ours."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "The newsroom"
    default = True


class DeskConfig(AdminConfig):
    """The admin, with the site of ours."""

    default_site = "articles.desk.Desk"
