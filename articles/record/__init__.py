"""WHAT WAS SAID: what an editor decides about a find, and how the record follows the text."""
