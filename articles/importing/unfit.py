"""The error by which a reader gives up one record, not its file."""


class Unfit(Exception):
    """One record that cannot come in: ``field``, why, and what would mend it."""

    def __init__(self, field: str, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.field, self.reason, self.remedy = field, reason, remedy
