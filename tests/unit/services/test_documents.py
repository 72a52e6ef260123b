"""What of a draft applies: sections that follow from a choice, and those a person switches on."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

import pytest

from app.finance.case.case import Case
from app.finance.fields import Field, specs_by_path
from app.services import documents
from app.services.case_file import CaseRefused, validate
from app.services.documents import (
    applies,
    is_offered,
    value_at,
    with_chosen_sections,
    with_value,
)


class Soil(StrEnum):
    DEFAULT = "default"
    MEASURED = "measured"


@dataclass(frozen=True)
class Cores:
    depth_m: Annotated[float, Field("Depth")]


@dataclass(frozen=True)
class Marsh:
    salinity: Annotated[float, Field("Salinity")]
    soil: Annotated[Soil, Field("Soil")] = Soil.DEFAULT
    cover: Annotated[float | None, Field("Cover", needed=("project.marsh.soil", ("default",)))] = (
        None
    )
    cores: Annotated[Cores | None, Field("Cores", needed=("project.marsh.soil", ("measured",)))] = (
        None
    )
    draws: Annotated[
        Cores | None, Field("Draws", offered=("project.marsh.soil", ("measured",)))
    ] = None


@dataclass(frozen=True)
class Project:
    method: Annotated[str, Field("Method")]
    marsh: Annotated[Marsh | None, Field("Marsh", needed=("project.method", ("marsh",)))] = None


@dataclass(frozen=True)
class MadeUp:
    project: Annotated[Project, Field("Project")]


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let a made-up case of a method with sections inside stand for the real one."""

    def forget() -> None:
        documents._sections_above.cache_clear()
        documents._nested_sections.cache_clear()

    forget()
    monkeypatch.setattr(documents, "Case", MadeUp)
    yield
    forget()


def asked_for(document: dict[str, Any]) -> set[str]:
    return {p for p, spec in specs_by_path(MadeUp).items() if applies(document, spec)}


@pytest.mark.usefixtures("made_up")
def test_a_chosen_method_asks_for_its_inputs_before_any_is_entered() -> None:
    assert asked_for({"project": {"method": "marsh"}}) == {
        "project",
        "project.method",
        "project.marsh",
        "project.marsh.salinity",
        "project.marsh.soil",
        "project.marsh.cover",
    }


@pytest.mark.usefixtures("made_up")
def test_nothing_of_a_method_applies_that_is_not_chosen_even_if_values_are_kept() -> None:
    kept = {"project": {"method": "stated", "marsh": {"salinity": 20, "soil": "measured"}}}
    assert asked_for(kept) == {"project", "project.method"}
    assert with_chosen_sections(kept) == {"project": {"method": "stated"}}
    again = with_value(kept, "project.method", "marsh")
    assert value_at(again, "project.marsh.salinity") == 20
    assert "project.marsh.cores.depth_m" in asked_for(again)


@pytest.mark.usefixtures("made_up")
def test_an_optional_section_is_offered_by_its_choice_and_there_once_switched_on() -> None:
    draws = specs_by_path(MadeUp)["project.marsh.draws"]
    depth = specs_by_path(MadeUp)["project.marsh.draws.depth_m"]
    document: dict[str, Any] = {"project": {"method": "marsh"}}
    assert not is_offered(document, draws)
    document = with_value(document, "project.marsh.soil", "measured")
    assert is_offered(document, draws)
    assert not applies(document, draws)
    assert not applies(document, depth)
    switched_on = with_value(document, "project.marsh.draws", {})
    assert applies(switched_on, depth)


@pytest.mark.usefixtures("made_up")
def test_needed_sections_are_put_in_one_inside_the_other() -> None:
    entered = {"project": {"method": "marsh", "marsh": {"soil": "measured"}}}
    before = copy.deepcopy(entered)
    assert with_chosen_sections(entered)["project"]["marsh"] == {"soil": "measured", "cores": {}}
    assert with_chosen_sections({"project": {"method": "marsh"}})["project"]["marsh"] == {}
    assert entered == before


@pytest.mark.usefixtures("made_up")
def test_what_is_no_section_is_left_for_the_check_to_refuse() -> None:
    for wrong in ({"project": 5}, {"project": {"method": "marsh", "marsh": 5}}, {}):
        assert with_chosen_sections(wrong) == wrong


def test_a_changed_draft_leaves_the_old_one_as_it_was() -> None:
    old = {"project": {"name": "A"}, "loan": {"amount_yuan": 5}}
    new = with_value(old, "project.name", "B")
    assert old == {"project": {"name": "A"}, "loan": {"amount_yuan": 5}}
    assert new == {"project": {"name": "B"}, "loan": {"amount_yuan": 5}}
    assert with_value(new, "project.name", None) == {"project": {}, "loan": {"amount_yuan": 5}}
    assert with_value({}, "project.vm0033.cover", 1) == {"project": {"vm0033": {"cover": 1}}}


@pytest.fixture
def harvest(document: dict[str, Any]) -> dict[str, Any]:
    """A case of harvested oyster, with the net mode chosen and none of its factors entered."""
    document["project"] |= {
        "quantity_method": "harvest",
        "accounting_mode": "net",
        "harvest": [
            {
                "species": "oyster",
                "first_year": 2025,
                "last_year": 2025,
                "tonnes_per_year": 1000,
                "basis": "wet",
            }
        ],
    }
    return document


def test_each_missing_input_of_a_chosen_method_is_named_by_its_own_path(
    harvest: dict[str, Any],
) -> None:
    with pytest.raises(CaseRefused) as refused:
        validate(harvest)
    named = {problem.path for problem in refused.value.problems if problem.code == "missing"}
    assert {
        "project.harvest_net.poc_burial_share",
        "project.harvest_net.fuel_tco2_yr",
        "project.harvest_net.fuel_tco2_t",
    } <= named


def test_half_entered_inputs_of_another_method_do_not_stop_a_case(
    document: dict[str, Any],
) -> None:
    document["project"]["harvest_net"] = {"fuel_tco2_yr": "unknown"}
    document["provenance"] = {"project.harvest_net.fuel_tco2_yr": {"kind": "assumed"}}
    file = validate(document)
    assert file.case.project.harvest_net is None
    assert file.provenance == {}


def test_a_choice_counts_only_while_it_is_asked_for_itself(harvest: dict[str, Any]) -> None:
    factor = specs_by_path(Case)["project.harvest_net.fuel_tco2_yr"]
    assert applies(harvest, factor)
    assert not applies(with_value(harvest, "project.quantity_method", "stated"), factor)


def test_a_table_is_not_called_too_short_when_only_its_lines_are_refused(
    harvest: dict[str, Any],
) -> None:
    harvest["project"] |= {"accounting_mode": "shell_only", "harvest": [{"species": "oyster"}]}
    with pytest.raises(CaseRefused) as refused:
        validate(harvest)
    assert {problem.path for problem in refused.value.problems} == {
        "project.harvest.0.first_year",
        "project.harvest.0.last_year",
        "project.harvest.0.tonnes_per_year",
        "project.harvest.0.basis",
    }
