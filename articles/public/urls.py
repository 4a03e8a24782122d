"""Every public address."""

from django.urls import path, register_converter

from articles.public import feeds, sitemaps
from articles.public.feeds import feed_paths
from articles.public.views import pictures, site_assets
from articles.public.views.archive import pages as archive
from articles.public.views.articles import corrections, home, names
from articles.public.views.articles import detail as article
from articles.public.views.articles import history as changes
from articles.public.views.articles import list as articles
from articles.public.views.entities import authors, compare, organizations, people, tags
from articles.public.views.quotes import detail as quote
from articles.public.views.quotes import list as quotes
from articles.public.views.search import page as search_page


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


class YearNumber(RowNumber):
    """A year of four digits."""

    regex = "[0-9]{4}"

    def to_url(self, value: int) -> str:
        return f"{value:04}"


class MonthOrDay(RowNumber):
    """The number of a month or a day; written with two digits."""

    regex = "[0-9]{1,2}"

    def to_url(self, value: int) -> str:
        return f"{value:02}"


register_converter(RowNumber, "row")
register_converter(YearNumber, "year")
register_converter(MonthOrDay, "two")
register_converter(QuoteKey, "key")

urlpatterns = [
    path("", home.home, name="home"),
    path("articles/", articles.articles, name="articles"),
    *feed_paths("articles/feed/", feeds.filtered_feed, "articles_feed"),
    path("articles/names/", names.names, name="article_names"),
    path("articles/<row:pk>/", article.article, name="article"),
    path("articles/<row:pk>/<str:slug>/", article.article, name="article"),
    path("articles/<row:pk>/<str:slug>/changes/", changes.article_history, name="article_history"),
    path("archive/", archive.archive, name="archive"),
    path("archive/<year:year>/", archive.archive_year, name="archive_year"),
    path("archive/<year:year>/<two:month>/", archive.archive_month, name="archive_month"),
    path("archive/<year:year>/<two:month>/<two:day>/", archive.archive_day, name="archive_day"),
    path("tags/", tags.tags, name="tags"),
    path("tags/<slug:slug>/", tags.tag, name="tag"),
    *feed_paths("tags/<slug:slug>/feed/", feeds.tag_feed, "tag_feed"),
    path("people/", people.people, name="people"),
    path("people/compare/", compare.compare, name="compare"),
    path("people/<row:pk>/", people.person, name="person"),
    path("people/<row:pk>/<str:slug>/", people.person, name="person"),
    *feed_paths("people/<row:pk>/<str:slug>/feed/", feeds.person_feed, "person_feed"),
    path("organizations/", organizations.organizations, name="organizations"),
    path("organizations/<row:pk>/", organizations.organization, name="organization"),
    path("organizations/<row:pk>/<str:slug>/", organizations.organization, name="organization"),
    *feed_paths(
        "organizations/<row:pk>/<str:slug>/feed/", feeds.organization_feed, "organization_feed"
    ),
    path("authors/<row:pk>/", authors.author, name="author"),
    path("authors/<row:pk>/<str:slug>/", authors.author, name="author"),
    *feed_paths("authors/<row:pk>/<str:slug>/feed/", feeds.author_feed, "author_feed"),
    path("search/", search_page.search, name="search"),
    path("quotes/", quotes.quotes, name="quotes"),
    *feed_paths("quotes/feed/", feeds.quotes_feed, "quotes_feed"),
    path("quotes/<key:key>/", quote.quote, name="quote"),
    path("corrections/", corrections.corrections, name="corrections"),
    *feed_paths("feed/", feeds.all_stories_feed, "feed"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap"),
    path("sitemap-<slug:kind>-<int:number>.xml", sitemaps.sitemap_section, name="sitemap_section"),
    path("robots.txt", site_assets.robots, name="robots"),
    path("paper.css", site_assets.stylesheet_file, name="stylesheet"),
    path("paper.js", site_assets.script_file, name="script"),
    path("favicon.svg", site_assets.icon, name="favicon"),
    path("media/<slug:token>/<row:width>.<slug:format>", pictures.picture, name="picture"),
]
