"""The shipped figures: complete, sourced, and read as they stand in their publications."""

import hashlib
import math
import re
from pathlib import Path

import pytest

from app.finance.case.carbon.kinds import Activity, Ecosystem, QuantityMethod
from app.finance.errors import DomainError
from app.finance.sink.risk_table import natural_risk_share
from app.paths import resources
from app.reference.coast import coastlines
from app.reference.figures import CAUTIONS
from app.reference.methods import Equations, Scope
from app.reference.rows import read_rows
from app.reference.tables import Reference, check_tables, load_reference
from tools.coast import clipped, drawn
from tools.manifest import renewed, unnamed

FOLDER = resources() / "reference"


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference()


def test_each_table_is_that_of_the_manifest() -> None:
    assert check_tables() == []


def test_each_file_is_named_in_the_manifest() -> None:
    assert unnamed((FOLDER / "manifest.toml").read_text(encoding="utf-8"), FOLDER) == []


def test_a_changed_table_gets_its_new_checksum_and_a_new_one_is_listed(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("key\n1\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("key\n2\n", encoding="utf-8")
    old = '[tables."a.csv"]\ntitle = "of [its] kind"\nsource = "s"\nsha256 = "old"\n'
    new = renewed(old, tmp_path)
    digest = hashlib.sha256(b"key\n1\n").hexdigest()
    assert new == old.replace("old", digest)
    assert unnamed(new, tmp_path) == ["b.csv"]


def test_no_line_of_a_table_is_without_a_source() -> None:
    for path in FOLDER.glob("*.csv"):
        for row in read_rows(FOLDER, path.name):
            source = row.get("source", row.get("market", ""))
            assert source or row.get("status") == "no figure seen", (path.name, row)


def test_no_line_names_a_mirror_or_a_file_of_a_machine() -> None:
    address = re.compile(r"https?:|www\.|github|\.com\b|/work/|\.\./", re.IGNORECASE)
    for path in FOLDER.iterdir():
        assert not address.search(path.read_text(encoding="utf-8")), path.name


def test_keys_of_parameters_are_unique() -> None:
    keys = [row["key"] for row in read_rows(FOLDER, "parameters.csv")]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("key", "value", "unit"),
    [
        ("vm0033.soil_default", 1.46, "tC/ha/yr"),
        ("vm0033.ch4_above_18", 0.011, "tCH4/ha/yr"),
        ("vm0033.ch4_above_20", 0.0056, "tCH4/ha/yr"),
        ("vm0033.n2o_open_water_18", 0.000157, "tN2O/ha/yr"),
        ("vm0033.n2o_wetland_other", 0.000864, "tN2O/ha/yr"),
        ("ar_am0014.soil_rate", 0.50, "tC/ha/yr"),
        ("ar_tool14.carbon_fraction", 0.47, "tC/t"),
        ("ipcc_ws.soil_removal_mangrove", 1.62, "tC/ha/yr"),
        ("ipcc_ws.soil_removal_salt_marsh", 0.91, "tC/ha/yr"),
        ("ipcc_ws.soil_removal_seagrass", 0.43, "tC/ha/yr"),
        ("ipcc_ws.ch4_below_18", 193.7, "kgCH4/ha/yr"),
        ("loss.soil_share", 0.54, "share"),
    ],
)
def test_parameters_are_those_of_their_publication(
    reference: Reference, key: str, value: float, unit: str
) -> None:
    found = reference.tables.parameter(key)
    assert (found.value, found.unit) == (value, unit)
    assert found.clause
    assert found.source


def test_a_figure_nobody_has_seen_is_no_default(reference: Reference) -> None:
    keys = " ".join(reference.tables.parameters)
    assert "seagrass" not in keys.replace("ipcc_ws.soil_removal_seagrass", "")
    assert "gwp" not in keys
    with pytest.raises(DomainError, match="unknown_parameter"):
        reference.tables.value("ccer_14_002.risk_deduction")


def test_the_uncertainty_discount_has_the_steps_of_ar_tool14(reference: Reference) -> None:
    assert reference.tables.discount_steps == (
        (0.10, 0.0),
        (0.15, 0.25),
        (0.20, 0.50),
        (0.30, 0.75),
        (math.inf, 1.0),
    )


@pytest.mark.parametrize(
    ("loss", "years", "mitigation", "share"),
    [
        (0.70, 10, 1, 0.30),
        (0.70, 100, 1, 0.04),
        (0.69, 9.9, 1, 0.30),
        (0.50, 25, 0.5, 0.025),
        (0.25, 5, 1, 0.20),
        (0.249, 5, 1, 0.05),
        (0.05, 10, 1, 0.04),
        (0.049, 1, 0.25, 0.01),
        (0.0, 500, 1, 0.01),
        (1.0, 49, 1, 0.20),
    ],
)
def test_natural_risk_follows_table_10_of_the_risk_tool(
    reference: Reference, loss: float, years: float, mitigation: float, share: float
) -> None:
    rows = reference.tables.natural_risk
    assert natural_risk_share(loss, years, mitigation, rows) == pytest.approx(share, abs=1e-15)


def test_a_project_that_loses_most_of_its_stock_every_few_years_fails(
    reference: Reference,
) -> None:
    with pytest.raises(DomainError) as refused:
        natural_risk_share(0.7, 9, 0.25, reference.tables.natural_risk, path="project.vm0033")
    assert refused.value.code == "natural_risk_fails"
    assert refused.value.facts["path"] == "project.vm0033"


def test_equations_to_be_used_with_care_say_so(reference: Reference) -> None:
    cautious = {row.species for row in reference.tables.allometry if row.caution}
    assert cautious == {
        "Aegiceras corniculatum",
        "Kandelia obovata",
        "Lumnitzera racemosa",
        "Sonneratia caseolaris",
    }
    assert all(row.caution in CAUTIONS.values() for row in reference.tables.allometry)


def test_sonneratia_apetala_has_no_equation(reference: Reference) -> None:
    assert "Sonneratia apetala" not in {row.species for row in reference.tables.allometry}


def test_avicennia_adds_intercept_and_slope_in_the_exponent(reference: Reference) -> None:
    found = next(
        row
        for row in reference.tables.allometry
        if row.species == "Avicennia marina" and row.part == "AGB"
    )
    assert (found.form, found.a, found.b, found.c) == ("log10", 1.0, 2.113, -0.511)


def test_each_method_of_accounting_is_in_the_register(reference: Reference) -> None:
    assert {method.engine for method in reference.methods} == set(QuantityMethod)
    assert len({method.key for method in reference.methods}) == len(reference.methods)


def test_each_entry_of_the_register_speaks_both_languages(reference: Reference) -> None:
    han = re.compile("[\u4e00-\u9fff]")
    for method in reference.methods:
        for name in ("accepts_text", "counts", "deducts", "verified", "required"):
            text = getattr(method, name)
            assert text.en.endswith("."), (method.key, name)
            assert not han.search(text.en), (method.key, name)
            assert text.zh.endswith("。"), (method.key, name)
            assert han.search(text.zh), (method.key, name)


def test_methods_whose_equations_were_not_read_are_not_computed_as_if_they_were(
    reference: Reference,
) -> None:
    by_key = {method.key: method for method in reference.methods}
    assert by_key["fujian_v01"].engine is QuantityMethod.STATED
    assert by_key["accu_tidal"].engine is QuantityMethod.STATED
    assert by_key["ccer_14_002"].equations is Equations.NOT_SEEN
    assert by_key["vm0033"].equations is Equations.SEEN
    assert by_key["ccer_14_003"].accepts == (Ecosystem.SALT_MARSH,)
    assert by_key["accu_tidal"].activities == (Activity.HYDROLOGY,)
    assert by_key["guangdong_phcer"].scope is Scope.LOCAL
    assert by_key["vm0033"].name.in_language("zh") == "VM0033 潮汐湿地与海草恢复"
    assert by_key["vm0033"].name.in_language("en").startswith("VM0033")


def test_the_coast_lies_in_its_window_and_holds_hainan() -> None:
    lines = coastlines()
    points = [point for line in lines for point in line]
    assert all(104 <= x <= 126 and 15 <= y <= 42 for x, y in points)
    assert all(len(line) >= 2 for line in lines)
    hainan = [
        line
        for line in lines
        if line[0] == line[-1] and all(108 < x < 112 and 18 < y < 20.5 for x, y in line)
    ]
    assert max(len(line) for line in hainan) > 20
    assert (FOLDER / "coast.json").stat().st_size < 250_000


def test_a_shore_that_leaves_the_window_is_cut_at_its_edge_and_not_closed_along_it() -> None:
    ring = [(103.0, 20.0), (105.0, 20.0), (105.0, 21.0), (103.0, 21.0), (103.0, 20.0)]
    assert clipped(ring) == [[(104.0, 20.0), (105.0, 20.0), (105.0, 21.0), (104.0, 21.0)]]


def test_an_islet_below_the_tolerance_stays_a_triangle() -> None:
    islet = [(110.0, 16.0), (110.005, 16.0), (110.005, 16.005), (110.0, 16.005), (110.0, 16.0)]
    assert drawn(islet) == [(110.0, 16.0), (110.005, 16.0), (110.005, 16.005), (110.0, 16.0)]


def test_points_on_a_straight_shore_are_left_out() -> None:
    assert drawn([(110.0, 20.0), (110.5, 20.001), (111.0, 20.0)]) == [(110.0, 20.0), (111.0, 20.0)]
