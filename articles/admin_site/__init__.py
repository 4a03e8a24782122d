"""The admin's site: its name and order, and that each of its forms does its work once."""

from .site import NewsroomAdminSite

__all__ = ["NewsroomAdminSite"]
