"""The name of a source taken out of all that the newsroom keeps with a story; what may not change is listed."""
