"""Words of the codes of a quote: laws, engines, lines of the premium, parts."""

LOADS: dict[str, str] = {}
