"""Mass of trees by published equations, and their roots by AR-TOOL14."""

import numpy as np
import pytest

from app.finance.errors import DomainError
from app.finance.sink.allometry import equation_above, equation_below
from app.finance.sink.methods.tool14 import root_biomass_t_ha
from tests.unit.finance.cohort_cases import EQUATIONS


def mass(species: str, dbh: float, *, height: float | None = None, roots: bool = False) -> float:
    find = equation_below if roots else equation_above
    found = find(EQUATIONS, species, path="")
    density = found.density if found.density is not None else 0.525
    return float(found.mass_kg(dbh, height_m=height, density_g_cm3=density))


@pytest.mark.parametrize(("roots", "kg"), [(False, 38.0043), (True, 18.5045)])
def test_the_general_equation_gives_the_masses_of_komiyama(roots: bool, kg: float) -> None:
    """Case W40: D 10 cm, density 0.525."""
    assert mass("general", 10, roots=roots) == pytest.approx(kg, abs=1e-4)


def test_avicennia_adds_slope_and_intercept_in_the_exponent() -> None:
    """10^(-0.511 + 2.113) = 10^1.602 = 39.994; multiplied it would be 0.083."""
    assert mass("Avicennia marina", 10) == pytest.approx(39.994, abs=1e-3)
    assert mass("白骨壤", 10, roots=True) == pytest.approx(18.923, abs=1e-3)  # 10^1.277


@pytest.mark.parametrize(
    ("species", "dbh", "height", "kg"),
    [
        ("Rhizophora apiculata", 10, None, 61.811),  # 0.235 x 10^2.42
        ("Excoecaria agallocha", 10, None, 21.980),  # exp(-1.9737 + 1.0996 x 4.60517)
        ("Aegiceras corniculatum", 3, 2, 17.116),  # exp(1.496 + 0.465 x ln 18)
    ],
)
def test_each_form_of_equation_gives_the_mass_computed_by_hand(
    species: str, dbh: float, height: float | None, kg: float
) -> None:
    assert mass(species, dbh, height=height) == pytest.approx(kg, abs=2e-3)


def test_a_stem_without_diameter_weighs_nothing() -> None:
    for equation in EQUATIONS:
        assert equation.mass_kg(0.0, height_m=1.0, density_g_cm3=0.5) == 0


@pytest.mark.parametrize("name", ["Kandelia obovata", "kandelia_obovata", " 秋茄 "])
def test_a_tree_is_found_by_latin_name_key_and_chinese_name(name: str) -> None:
    assert equation_above(EQUATIONS, name, path="").species == "Kandelia obovata"


def test_roots_without_an_equation_of_the_species_come_from_the_general_one() -> None:
    assert equation_below(EQUATIONS, "秋茄", path="").species == "general"


def test_an_unknown_tree_is_refused_with_the_known_ones() -> None:
    with pytest.raises(DomainError) as caught:
        equation_above(EQUATIONS, "Sonneratia apetala", path="project.cohorts.plantings.0.species")
    assert caught.value.code == "unknown_tree_species"
    assert caught.value.facts["value"] == "Sonneratia apetala"
    assert "Kandelia obovata (秋茄)" in str(caught.value.facts["known"])


@pytest.mark.parametrize(("above", "ratio"), [(20, 0.2704), (53.59, 0.2513), (100, 0.2399)])
def test_the_root_shoot_ratio_falls_with_biomass(above: float, ratio: float) -> None:
    """AR-TOOL14, appendix 1: R = exp(-1.085 + 0.9256 ln b) / b."""
    roots = root_biomass_t_ha(above, intercept=-1.085, slope=0.9256)
    assert float(roots) / above == pytest.approx(ratio, abs=5e-5)


def test_a_bare_hectare_has_no_roots() -> None:
    roots = root_biomass_t_ha(np.zeros(3), intercept=-1.085, slope=0.9256)
    assert np.asarray(roots).tolist() == [0, 0, 0]


def test_many_diameters_give_the_masses_of_each() -> None:
    found = equation_above(EQUATIONS, "秋茄", path="")
    many = found.mass_kg(np.array([[5.0], [10.0]]), density_g_cm3=0.525)
    assert np.asarray(many)[1, 0] == pytest.approx(38.0043, abs=1e-4)
