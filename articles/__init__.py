"""The paper: what the newsroom writes, and what readers got.

    file -> reader -> ParsedArticle -> clean -> Article --compose--> Composed --publish--> Edition -> page, list, feed

An ``Article`` is the working copy: editors change it freely, no reader ever sees it. An ``Edition`` is what readers
got, from ``starts_at`` up to ``ends_at``; its words never change. Public doors read editions, through
``Edition.objects.live()`` and ``listed()``.

Rooms, top to bottom; a room imports only from rooms below it (import-linter holds it):

    management              commands
    demo                    the sample newsroom, built through the same functions as a real one
    admin                   the newsroom's forms and lists
    importing               FILE -> ARTICLE
    record                  WHAT WAS SAID: decisions -> quotes, mentions, people
    extraction              TEXT -> SUGGESTIONS
    publishing              ARTICLE -> EDITION
    admin_site | image_library | roles
    templatetags            what templates need
    public                  WHAT READERS GET: urls -> views, feeds, sitemaps -> filters -> syndication -> fragments
    charts | dates          numbers as drawings; days and times as the paper prints them
    models                  ROWS, one noun a file
    clock | translation     the paper's time; the program's own words in other languages
    composed_diff           what differs between two stories as readers get them
    composed                the frozen dataclass that all of the above share
    story_fields            each field of a story, declared once
    image_files | text      pure: picture files; HTML, dates, names, folding, diff

What readers get stands below all that makes it, so it cannot know a draft. GLOSSARY.md has the words.
"""
