"""One-line breaks of our own code: which of them does no test notice?

``uv run python -m tests.mutants articles/publishing --count 60`` breaks one place at a time and runs those tests of the
room that reach it, the ones that mirror its module first, in a process that has loaded everything already; what runs at
import is loaded anew, and in ``articles/models`` the migrations are asked too. ``--leak-rules`` tries every break of
what ``leak_rules.toml`` names: all have to be noticed. ``equivalent.toml`` lists the breaks that change nothing, each
with the reason. A break whose tests do not end within the limit (20 s) counts as noticed only when the same tests,
run once more without it, end in half of that; otherwise the computer was too slow, and it is not counted at all.
"""
