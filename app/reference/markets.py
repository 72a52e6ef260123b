"""Reader of the table of markets: what each one takes."""

from pathlib import Path

from app.finance.case.carbon.kinds import Activity
from app.finance.sink.eligibility import Answer, Compliance, Detail, Market, SinkKind
from app.reference.rows import read_rows


def _details(folder: Path) -> dict[str, list[Detail]]:
    found: dict[str, list[Detail]] = {}
    for row in read_rows(folder, "market_details.csv"):
        detail = Detail(
            sink=SinkKind(row["sink"]),
            activity=Activity(row["activity"]) if row["activity"] else None,
            answer=Answer(row["answer"]) if row["answer"] else None,
            text=row["text_en"],
            text_zh=row["text_zh"],
        )
        found.setdefault(row["market"], []).append(detail)
    return found


def read_markets(folder: Path) -> tuple[Market, ...]:
    """Return the markets in the order of the table, each with what its rule says."""
    details = _details(folder)
    return tuple(
        Market(
            key=row["key"],
            name_zh=row["name_zh"],
            as_of=row["as_of"],
            kind=row["kind"],
            kind_zh=row["kind_zh"],
            compliance=Compliance(row["compliance"]),
            territory=row["territory"],
            accepts={sink.value: Answer(row[sink.value]).value for sink in SinkKind},
            rule=row["rule"],
            rule_zh=row["rule_zh"],
            use=row["use"],
            use_zh=row["use_zh"],
            non_permanence=row["non_permanence"],
            non_permanence_zh=row["non_permanence_zh"],
            note=row["note"],
            note_zh=row["note_zh"],
            status=row["status"],
            source=row["source"],
            details=tuple(details.get(row["key"], ())),
        )
        for row in read_rows(folder, "markets.csv")
    )
