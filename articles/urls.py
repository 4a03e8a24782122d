"""Every public address."""

from django.urls import path, register_converter

from articles import feeds, sitemaps
from articles.views import (
    article,
    articles,
    authors,
    changes,
    compare,
    corrections,
    front,
    organizations,
    paper,
    people,
    pictures,
    quote,
    quotes,
    tags,
)


class RowNumber:
    """The number of a row: what every database can hold, written in one way only."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class QuoteKey:
    """The public id of a quote."""

    regex = "[0-9a-z]{1,20}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(RowNumber, "row")
register_converter(QuoteKey, "key")

urlpatterns = [
    path("", front.front, name="front"),
    path("articles/", articles.articles, name="articles"),
    path("articles/<row:pk>/", article.article, name="article"),
    path("articles/<row:pk>/<str:slug>/", article.article, name="article"),
    path("articles/<row:pk>/<str:slug>/changes/", changes.changes, name="changes"),
    path("tags/", tags.tags, name="tags"),
    path("tags/<slug:slug>/", tags.tag, name="tag"),
    path("tags/<slug:slug>/feed/", feeds.of_tag, name="tag_feed"),
    path("people/", people.people, name="people"),
    path("people/compare/", compare.compare, name="compare"),
    path("people/<row:pk>/", people.person, name="person"),
    path("people/<row:pk>/<str:slug>/", people.person, name="person"),
    path("people/<row:pk>/<str:slug>/feed/", feeds.of_person, name="person_feed"),
    path("organizations/", organizations.organizations, name="organizations"),
    path("organizations/<row:pk>/", organizations.organization, name="organization"),
    path("organizations/<row:pk>/<str:slug>/", organizations.organization, name="organization"),
    path(
        "organizations/<row:pk>/<str:slug>/feed/",
        feeds.of_organization,
        name="organization_feed",
    ),
    path("authors/<row:pk>/", authors.author, name="author"),
    path("authors/<row:pk>/<str:slug>/", authors.author, name="author"),
    path("authors/<row:pk>/<str:slug>/feed/", feeds.of_author, name="author_feed"),
    path("quotes/", quotes.quotes, name="quotes"),
    path("quotes/feed/", feeds.of_quotes, name="quotes_feed"),
    path("quotes/<key:key>/", quote.quote, name="quote"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("feed/", feeds.of_all, name="feed"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:kind>-<int:number>.xml", sitemaps.section, name="sitemap_section"),
    path("robots.txt", paper.robots, name="robots"),
    path("paper.css", paper.stylesheet, name="stylesheet"),
    path("paper.js", paper.script, name="script"),
    path("favicon.svg", paper.icon, name="icon"),
    path("media/<slug:token>/<row:width>.<slug:format>", pictures.picture, name="picture"),
]
