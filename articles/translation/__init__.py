"""THE PROGRAM'S OWN WORDS IN OTHER LANGUAGES: translate, lists, the languages there are, their catalogs.

Rooms with Django call ``gettext`` and its relatives; those without carry an ``articles.text.messages.Message``.
"""
