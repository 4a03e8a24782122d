"""Two versions of a story that both come from a third one -> one version, with a marked choice where they collide."""

from .choices import MergeChoice, find_choices
from .fields import merge3, merge_body

__all__ = ["MergeChoice", "find_choices", "merge3", "merge_body"]
