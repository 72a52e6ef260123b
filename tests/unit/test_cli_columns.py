"""Tables of the command line: within the terminal, in parts under each other."""

from app.cli.columns import WIDTH, columns, table, width

HEADS = ("Year", *(f"Figure {number:02d} (yuan)" for number in range(12)))
ROWS = [HEADS, *((str(year), *("1,234,567.89" for _ in range(12))) for year in range(2025, 2028))]


def test_a_narrow_table_stays_in_one_part() -> None:
    assert list(table([row[:4] for row in ROWS])) == list(columns([row[:4] for row in ROWS]))


def test_a_wide_table_is_told_in_parts_that_begin_with_the_key() -> None:
    lines = list(table(ROWS))
    assert all(width(line) <= WIDTH for line in lines)
    parts = "\n".join(lines).split("\n\n")
    assert len(parts) > 1
    assert all(part.splitlines()[0].startswith("Year") for part in parts)
    assert sum(part.splitlines()[0].count("Figure") for part in parts) == 12
    assert all(len(part.splitlines()) == 4 for part in parts)


def test_chinese_heads_count_two_columns_a_sign() -> None:
    heads = ("年份", *("从毛值到净值的金额（元）" for _ in range(8)))
    lines = list(table([heads, ("2025", *("1.00" for _ in range(8)))]))
    assert all(width(line) <= WIDTH for line in lines)


def test_a_part_of_notes_leaves_out_the_rows_without_one() -> None:
    rows = [("Deal", "x" * 80, "Why"), ("A", "1", ""), ("B", "2", "an outlier of the series")]
    first, second = "\n".join(table(rows, notes=1)).split("\n\n")
    assert len(first.splitlines()) == 3
    assert second.splitlines()[1] == "B     an outlier of the series"


def test_a_long_key_is_whole_in_the_first_part_and_cut_in_the_others() -> None:
    keys = ("Key", f"红树林{'收益权' * 12}", f"equipment{'设备' * 20}")
    lines = list(table([(key, *ROWS[0][1:]) for key in keys]))
    first, *others = "\n".join(lines).split("\n\n")
    assert all(key in first for key in keys)
    assert not any(keys[1] in part for part in others)
    assert all("…" in part for part in others)
    assert all(width(line) <= WIDTH for line in "\n".join(others).splitlines())


def test_keys_that_a_cut_would_make_alike_stay_whole() -> None:
    keys = ("Key", f"{'设' * 30}一", f"{'设' * 30}二")
    lines = list(table([(key, *ROWS[0][1:]) for key in keys]))
    assert sum(keys[1] in line for line in lines) == sum("Key" in line for line in lines)
