"""Steps that bring a case file of an older schema version to the present one."""

from typing import Any

Document = dict[str, Any]

COVERS = (("carbon_cover", "carbon_value"), ("harvest_cover", "harvest_value"))
"""The two covers of schema version 1 and the head each took when none was entered."""

_PERIL_COLUMNS = {
    "events_per_year": "events_per_year",
    "mean_damage_share": "mean_damage",
    "damage_cv": "damage_cv",
}
_HEAD_COLUMNS = (
    "quantity",
    "quantity_unit",
    "unit_value_yuan",
    "deductible_share",
    "event_limit_yuan",
)


def _moved_provenance(document: Document) -> Document:
    """Move what is said of a field of a cover to the table its figure went to."""
    held = document.get("provenance")
    if not isinstance(held, dict):
        return document
    moved: Document = {}
    for path, entry in held.items():
        cover, _dot, name = path.removeprefix("insurance.").partition(".")
        if cover not in dict(COVERS):
            moved[path] = entry
        elif name in _PERIL_COLUMNS or name == "perils":
            moved.setdefault("insurance.perils", entry)
        else:
            moved.setdefault("insurance.heads", entry)
    return {**document, "provenance": moved}


def covers_to_heads(document: Document) -> Document:
    """Turn the carbon-loss and the harvest-loss cover of version 1 into heads and perils.

    The fixed expense of version 1 was that of each cover; it becomes that of the policy.
    """
    insurance = document.get("insurance")
    if not isinstance(insurance, dict) or not any(
        isinstance(insurance.get(name), dict) for name, _head in COVERS
    ):
        if not isinstance(insurance, dict):
            return document
        kept = {k: v for k, v in insurance.items() if k not in dict(COVERS)}
        return {**document, "insurance": kept}
    rest = {k: v for k, v in insurance.items() if k not in dict(COVERS)}
    heads: list[Document] = list(rest.get("heads", []))
    perils: list[Document] = list(rest.get("perils", []))
    moved = 0
    for name, head in COVERS:
        cover = insurance.get(name)
        if not isinstance(cover, dict):
            continue
        moved += 1
        line: Document = {"name": name, "kind": cover.get("head", head)}
        line |= {column: cover[column] for column in _HEAD_COLUMNS if column in cover}
        peril: Document = {"peril": "any", "head": name}
        peril |= {new: cover[old] for old, new in _PERIL_COLUMNS.items() if old in cover}
        if cover.get("perils"):
            peril["source"] = cover["perils"]
        heads.append(line)
        perils.append(peril)
    fixed = rest.get("fixed_expense_yuan")
    if isinstance(fixed, int | float) and not isinstance(fixed, bool):
        rest["fixed_expense_yuan"] = fixed * moved
    return _moved_provenance({**document, "insurance": {**rest, "heads": heads, "perils": perils}})
