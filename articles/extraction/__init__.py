"""TEXT -> SUGGESTIONS, never facts: who said what in an English news text, down to the character.

    text -> frame lines blanked -> segments -> tokens -> names, people, cues, sentences -> attribution -> Extraction

``extract()`` is the one entry. All offsets are code points of the text as given, ends exclusive. Rules only: no model,
no network, no Django. The lists in ``lists/`` were written for this project: facts of English, not of a corpus.
"""
