"""The paper: what the newsroom writes, and what readers got.

    file -> reader -> ParsedArticle -> clean -> Article --compose--> Composed --publish--> Edition -> page, list, feed

An ``Article`` is the working copy: editors change it freely, no reader ever sees it. An ``Edition`` is what readers
got, from ``starts_at`` up to ``ends_at``; its words never change. Public doors read editions, through
``Edition.objects.live()`` and ``listed()``.

Rooms, top to bottom; a room imports only from rooms below it (import-linter holds it):

    urls, management        addresses and commands
    demo                    the sample newsroom, built through the same doors as a real one
    admin | views | feeds | sitemaps
    importing               FILE -> ARTICLE
    record                  WHAT WAS SAID: decisions -> quotes, mentions, people; they follow the text
    extraction              TEXT -> SUGGESTIONS
    publishing              ARTICLE -> EDITION
    desk | library | roles  the admin's site; pictures into the library; who may do what
    conditional | filters   when a page has changed; what readers may ask for
    syndication | frame     one format a file; what stands around every page
    fragments | printed     Composed -> the HTML of its card and page; days and times as the paper prints them
    models                  ROWS, one noun a file
    composed                the frozen dataclass that all of the above share
    text | pictures         pure: HTML, dates, names, folding, diff; picture files

The readers' side (views, feeds, sitemaps, conditional, filters, syndication, frame) never imports the working copy.
"""
