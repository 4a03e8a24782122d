"""The page on which the name of a source is removed: what would go, what stays and where one can act, what was done."""
