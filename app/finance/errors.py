"""The one exception of the core: a code and the facts; the shell chooses the words."""


class DomainError(ValueError):
    """A calculation that must not go on.

    Attributes:
        code: stable name of the problem, listed in `app.services.messages`.
        facts: what the message needs (field paths, values, limits).
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(f"{code} {facts}")
        self.code = code
        self.facts = facts
