"""Rows of the acceptance table through whole documents, as a user of the command line asks them.

Each question is put as docs/cli.md says under "question: case": loadings 0, one event a year as
a binomial of mean 1, no ceiling as a sum insured far above the loss.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from app.finance.engine import compute_case
from app.finance.insurance.results import QUANTILES, InsuranceResult
from app.finance.sink.tables import SinkTables
from app.services.case_file import migrate, validate
from tests.case_table import case_table
from tests.unit.finance.insured_policies import PROJECT

CASES = case_table("insurance")
REFERENCE = case_table("insurance_reference")
PEERS = Path(__file__).parents[2] / "cases" / "peers"
TERMS = json.loads((PEERS / "policy_terms.json").read_text(encoding="utf-8"))
FAR_ABOVE = 1e12
ONCE: dict[str, Any] = {"events_per_year": 1, "frequency_law": "binomial"}
MILLION = 1_000_000


def quoted(head: dict[str, Any], peril: dict[str, Any], **policy: Any) -> InsuranceResult:
    """Return the quote of a document with one head and one peril, without loadings."""
    plain = {"name": "site", "kind": "farming_cost", "quantity_unit": "unit", "quantity": 1}
    document = {
        "schema_version": 2,
        "project": PROJECT,
        "insurance": {
            "period_start": "2026-01-01",
            "period_months": 12,
            "fixed_expense_yuan": 0,
            "variable_expense_share": 0,
            "commission_share": 0,
            "profit_share": 0,
            "tax_share": 0,
            "risk_load_factor": 0,
            "heads": [{**plain, "unit_value_yuan": FAR_ABOVE, **head}],
            "perils": [{"peril": "any", "damage_basis": "yuan", **peril}],
            **policy,
        },
    }
    found = compute_case(validate(migrate(document)).case, SinkTables({})).insurance
    assert found is not None
    return found


def row(name: str) -> tuple[dict[str, float], dict[str, float], float]:
    """Return inputs, expected figures and tolerance of an acceptance case."""
    case = CASES[name]
    return json.loads(case["inputs"]), json.loads(case["expected"]), float(case["tolerance"])


def test_limited_losses_and_a_layer_of_a_lognormal_loss() -> None:
    inputs, expected, tolerance = row("I01")
    loss = {"mean_damage": inputs["mean"], "damage_cv": inputs["cv"]}
    deductible, limit = inputs["deductible"], inputs["limit"]
    for top, key in ((deductible, "lev_200k"), (deductible + limit, "lev_5200k")):
        found = quoted({"event_limit_yuan": top}, {**loss, **ONCE})
        assert found.pure_premium_yuan == pytest.approx(expected[key], rel=tolerance)
    layer = {"layer_attachment_yuan": deductible, "layer_limit_yuan": limit}
    found = quoted(layer, {**loss, "events_per_year": inputs["lambda"]})
    year = expected["annual_expected_layer_loss"]
    assert found.pure_premium_yuan == pytest.approx(year, rel=tolerance)


def test_distribution_of_a_poisson_number_of_exponential_losses() -> None:
    inputs, expected, tolerance = row("I03")
    loss = {
        "events_per_year": inputs["lambda"],
        "damage_law": "exponential",
        "mean_damage": inputs["mean"],
    }
    law = quoted({}, loss).distribution
    assert law is not None
    assert law.mean_yuan == pytest.approx(expected["mean"], rel=tolerance)
    assert law.sd_yuan**2 == pytest.approx(expected["variance"], rel=tolerance)
    assert law.p_no_loss == pytest.approx(expected["p_zero"], rel=tolerance)
    for level in (200, 500):
        above = quoted({"year_deductible_yuan": level}, loss).distribution
        assert above is not None
        assert above.p_no_loss == pytest.approx(expected[f"cdf_{level}"], rel=1e-9)
    stop_loss = quoted({"year_deductible_yuan": 300}, loss).pure_premium_yuan
    assert stop_loss == pytest.approx(expected["stop_loss_300"], rel=1e-9)


def test_value_and_tail_value_at_risk_of_one_lognormal_loss() -> None:
    inputs, expected, tolerance = row("I08")
    found = quoted({}, {"mean_damage": inputs["mean"], "damage_cv": inputs["cv"], **ONCE})
    law, place = found.distribution, QUANTILES.index(inputs["q"])
    assert law is not None
    assert law.quantiles[place] == pytest.approx(expected["var"], rel=tolerance)
    assert law.tvar[place] == pytest.approx(expected["tvar"], rel=tolerance)


def test_proportional_hazard_of_one_exponential_loss() -> None:
    inputs, expected, tolerance = row("I10")
    loss = {"damage_law": "exponential", "mean_damage": inputs["mean"], **ONCE}
    load = {"risk_load": "proportional_hazard", "hazard_rho": inputs["rho"]}
    found = quoted({}, loss, **load)
    premium = found.pure_premium_yuan + found.risk_load_yuan
    assert premium == pytest.approx(expected["premium"], rel=tolerance)


def test_gross_premium_from_its_loadings() -> None:
    """Risk load 20: once the standard deviation of one loss of 100 with a spread of 0.2."""
    inputs, expected, tolerance = row("I16")
    spread = inputs["risk_load"] / inputs["pure"]
    found = quoted(
        {},
        {"mean_damage": inputs["pure"], "damage_cv": spread, **ONCE},
        risk_load_factor=1,
        fixed_expense_yuan=inputs["fixed"],
        variable_expense_share=inputs["variable_expense"],
        commission_share=inputs["commission"],
        profit_share=inputs["profit"],
        tax_share=inputs["tax"],
    )
    assert found.technical_premium_yuan == pytest.approx(expected["gross"], rel=tolerance)


def test_the_reference_layer_with_a_limit_of_the_year() -> None:
    """R01 in million yuan; what is printed with six digits is held to them."""
    tolerance = float(REFERENCE["R01"]["tolerance"].split()[0])
    loss = {"events_per_year": 0.8, "mean_damage": 1.2 * MILLION, "damage_cv": 1.5}
    layer = {"layer_attachment_yuan": 0.2 * MILLION, "layer_limit_yuan": 5 * MILLION}
    load = {"risk_load": "wang", "wang_lambda": 0.3}
    found = quoted({**layer, "year_limit_yuan": 8 * MILLION}, loss, **load)
    law = found.distribution
    assert law is not None
    assert found.pure_premium_yuan / MILLION == pytest.approx(0.725389, abs=tolerance)
    assert law.sd_yuan / MILLION == pytest.approx(1.315094, abs=1e-6)
    quantiles = [law.quantiles[QUANTILES.index(p)] / MILLION for p in (0.9, 0.95, 0.99, 0.995)]
    assert quantiles == pytest.approx([2.391, 3.826, 5.741, 6.635], abs=1e-3)
    assert law.tvar[QUANTILES.index(0.99)] / MILLION == pytest.approx(6.817186, abs=1e-6)
    assert 1 - law.p_no_loss == pytest.approx(0.499816, abs=1e-6)
    premium = (found.pure_premium_yuan + found.risk_load_yuan) / MILLION
    assert premium == pytest.approx(1.085696, abs=1e-6)
    whole = quoted(layer, loss).distribution
    assert whole is not None
    assert (whole.mean_yuan / MILLION, whole.sd_yuan / MILLION) == pytest.approx(
        (0.727903, 1.331155), abs=1e-6
    )


POLICIES: dict[str, dict[str, Any]] = {
    "F1_ded": {"deductible_yuan": 100_000},
    "F2_ded_pct_tiv": {"deductible_share": 0.1},
    "F3_ded_pct_loss": {"deductible_loss_share": 0.2},
    "F4_ded_limit": {"deductible_yuan": 100_000, "event_limit_yuan": 2 * MILLION},
    "F5_layer_200xs50_share": {
        "layer_attachment_yuan": 500_000,
        "layer_limit_yuan": 2 * MILLION,
        "share": 0.6,
    },
    "F6_all": {
        "deductible_share": 0.1,
        "deductible_loss_share": 0.2,
        "event_limit_yuan": 2 * MILLION,
        "share": 0.6,
    },
}
"""Terms of the peer's policies on 3 million, as its payments and their names tell them."""


@pytest.mark.parametrize("peer", TERMS, ids=lambda peer: f"{peer['id']}-{peer['loss_factor_pct']}")
def test_a_certain_loss_is_paid_as_the_peer_pays_it(peer: dict[str, Any]) -> None:
    """One event a year of a known damage: nothing is left to chance, so the spread is 0."""
    damage = {
        "damage_law": "fixed",
        "damage_basis": "share",
        "mean_damage": peer["loss_factor_pct"] / 100,
    }
    found = quoted({"unit_value_yuan": 3 * MILLION, **POLICIES[peer["id"]]}, {**damage, **ONCE})
    law = found.distribution
    assert law is not None
    assert found.pure_premium_yuan == pytest.approx(peer["oasis_insured"], abs=1e-6)
    assert law.sd_yuan == pytest.approx(0.0, abs=1e-6)
    assert law.quantiles == pytest.approx([peer["oasis_insured"]] * len(QUANTILES), abs=1e-6)
