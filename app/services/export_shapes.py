"""Brings what the results hold as matrices and parallel lists into lines, for tidy tables."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Document = dict[str, Any]
Lines = list[dict[str, Any]]

_TWICE = {"loan": ("flags",), "insurance": ("flags", "working", "loadings_by_code")}
"""Parts of the results that stand elsewhere among them."""


def shaped(document: Document) -> Document:
    """Return the document of the results in which every list is one of lines."""
    found = {part: dict(value) if isinstance(value, dict) else value for part, value in
             document.items()}  # fmt: skip
    for part, names in _TWICE.items():
        if isinstance(found.get(part), dict):
            found[part] = {key: value for key, value in found[part].items() if key not in names}
    values, loan, insurance = (found.get(name) for name in ("values", "loan", "insurance"))
    if values:
        found["values"] = _values(values)
    if loan and loan["heat"]:
        loan["heat"] = _heat(loan["heat"])
    if insurance:
        found["insurance"] = _insurance(insurance)
    found["working"] = [_step(step) for step in document["working"]]
    return found


def _values(values: Document) -> Document:
    found = dict(values)
    if found["sensitivity"]:
        found["sensitivity"] = _sensitivity(found["sensitivity"])
    if found["range"]:
        found["range"] = _range(found["range"])
    return found


def _sensitivity(sensitivity: Document) -> Document:
    found = dict(sensitivity)
    found["spider"] = [
        {"path": line["path"], "change": change, "net_yuan": net}
        for line in found["spider"]
        for change, net in zip(line["changes"], line["net_yuan"], strict=True)
    ]
    grid = found["grid"]
    if grid:
        found["grid"] = _matrix(
            ("row_value", grid["rows"]),
            ("column_value", grid["columns"]),
            {"net_yuan": grid["net_yuan"]},
            {"row_path": grid["row_path"], "column_path": grid["column_path"]},
        )
    return found


def _range(found: Document) -> Document:
    """Histogram and fan of a simulation as lines."""
    left_out = ("bins", "counts", "fan", "fan_years")
    bins = found["bins"]
    pairs = zip(bins, bins[1:], found["counts"], strict=False)
    return {key: value for key, value in found.items() if key not in left_out} | {
        "histogram": [
            {"from_yuan": low, "to_yuan": high, "count": count} for low, high, count in pairs
        ],
        "fan": [
            {"percentile": int(name), "time_yr": time, "price_yuan_t": price}
            for name, prices in found["fan"].items()
            for time, price in zip(found["fan_years"], prices, strict=True)
        ],
    }


def _heat(heat: Document) -> Lines:
    return _matrix(
        ("price_change", heat["price_changes"]),
        ("tonnes_change", heat["tonnes_changes"]),
        {"coverage": heat["coverage"], "min_dscr": heat["min_dscr"]},
    )


def _insurance(insurance: Document) -> Document:
    found = dict(insurance)
    if found["events"]:
        sites = [site["site"] for site in found["events"]["sites"]]
        correlation = found["events"]["correlation"]
        found["events"] = found["events"] | {
            "correlation": _matrix(("site", sites), ("with", sites), {"correlation": correlation})
        }
    if found["index"]:
        found["index"] = found["index"] | {
            "payout_curve": [
                {"value": value, "payout_share": share}
                for value, share in found["index"]["payout_curve"]
            ]
        }
    return found


def _matrix(
    rows: tuple[str, Sequence[Any]],
    columns: tuple[str, Sequence[Any]],
    matrices: Mapping[str, Sequence[Sequence[Any]]],
    same: Mapping[str, Any] | None = None,
) -> Lines:
    """One line for each place of matrices of one shape; `same` stands in every line."""
    (row_name, row_values), (column_name, column_values) = rows, columns
    return [
        {
            **(same or {}),
            row_name: row_value,
            column_name: column_value,
            **{name: matrix[row][column] for name, matrix in matrices.items()},
        }
        for row, row_value in enumerate(row_values)
        for column, column_value in enumerate(column_values)
    ]


def _step(step: Mapping[str, Any]) -> dict[str, Any]:
    """A working whose figures and texts stand in columns of their own."""
    return _split(step) | {"terms": [_split(term) for term in step["terms"]]}


def _split(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record without its `value`, which stands as a number or as a text."""
    return {key: value for key, value in record.items() if key != "value"} | split_value(
        record["value"]
    )


def split_value(value: Any) -> dict[str, Any]:
    """Return a value as a number or as a text."""
    if value is None or isinstance(value, str | bool):
        return {"number": None, "text": str(value).lower() if isinstance(value, bool) else value}
    return {"number": float(value), "text": None}


def input_tables(inputs: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the single inputs as lines under "inputs", and each table of the case by its path."""
    single: Lines = []
    found: dict[str, Any] = {"inputs": single}
    for entry in inputs:
        if isinstance(entry["value"], list):
            found[f"inputs.{entry['path']}"] = entry["value"]
        else:
            single.append(_split(entry))
    return found
