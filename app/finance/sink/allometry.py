"""Tree biomass from stem diameter and height, by published equations held as data."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from app.finance.errors import DomainError
from app.finance.sink.pools import Quantity

ABOVE = "AGB"
BELOW = "BGB"
GENERAL = "general"
"""`species` of the equations that fit any mangrove whose wood density is known."""

POWER = "power"
LOG10 = "log10"
LN_D2H = "ln_d2h"
LN_D2 = "ln_d2"
FORMULAS = {
    POWER: "m = a × ρ^c × D^b",
    LOG10: "m = a × 10^(c + b × log₁₀ D)",
    LN_D2H: "m = a × exp(c + b × ln(D² × H))",
    LN_D2: "m = a × exp(c + b × ln D²)",
}
"""Formula of each form, as the working prints it."""


@dataclass(frozen=True, slots=True)
class AllometricEquation:
    """Biomass of one part of a tree, kg dry mass, from D in cm (and H in m).

    `species` is the Latin name or "general", `part` AGB (above ground) or BGB (roots).
    `form` is a key of `FORMULAS`: power a rho^c D^b (c None: without density), log10
    a 10^(c + b log10 D), ln_d2h a exp(c + b ln(D^2 H)), ln_d2 a exp(c + b ln D^2); in the last
    three `a` is 1. `density` is wood density, g/cm3, None when not published with the species.
    `caution` is empty, or a sentence (message id) why the equation is to be used with care.
    """

    species: str
    name_zh: str
    part: str
    form: str
    a: float
    b: float
    c: float | None
    density: float | None
    author: str
    source: str
    caution: str

    @property
    def needs_height(self) -> bool:
        """Whether the equation takes the height of the tree."""
        return self.form == LN_D2H

    @property
    def needs_density(self) -> bool:
        """Whether the equation takes the density of the wood."""
        return self.form == POWER and self.c is not None

    def mass_kg(
        self,
        dbh_cm: Quantity,
        *,
        height_m: Quantity | None = None,
        density_g_cm3: Quantity | None = None,
    ) -> Quantity:
        """Dry mass of the part, kg.

        The log forms are computed as powers: 10^(c + b log10 D) = 10^c D^b, so that a tree of
        diameter 0 weighs nothing. Diameters below 0 (draws) count as 0.
        """
        d = np.maximum(dbh_cm, 0.0)
        intercept = 0.0 if self.c is None else self.c
        mass: Quantity
        if self.form == LOG10:
            mass = self.a * 10.0**intercept * d**self.b
        elif self.form == LN_D2:
            mass = self.a * np.exp(intercept) * (d * d) ** self.b
        elif self.form == LN_D2H and height_m is not None:
            mass = self.a * np.exp(intercept) * (d * d * np.maximum(height_m, 0.0)) ** self.b
        elif self.form == POWER and not self.needs_density:
            mass = self.a * d**self.b
        elif self.form == POWER and density_g_cm3 is not None:
            mass = self.a * density_g_cm3**intercept * d**self.b
        else:
            missing = "height_needed" if self.needs_height else "wood_density_needed"
            raise DomainError(missing, path="project.cohorts", value=None, species=self.species)
        return mass


def named(text: str) -> str:
    """Return a species as it is compared: any case, blanks for underscores."""
    return text.replace("_", " ").strip().casefold()


def find_equation(
    equations: Iterable[AllometricEquation], species: str, part: str
) -> AllometricEquation | None:
    """Return the equation of a species, by Latin or Chinese name; None if there is none."""
    wanted = named(species)
    for equation in equations:
        if equation.part == part and wanted in (named(equation.species), equation.name_zh):
            return equation
    return None


def equation_above(
    equations: tuple[AllometricEquation, ...], species: str, *, path: str
) -> AllometricEquation:
    """Return the equation of the biomass above ground of a species.

    Raises:
        DomainError: `unknown_tree_species`, with the known ones, when there is none.
    """
    found = find_equation(equations, species, ABOVE)
    if found is None:
        known = sorted(f"{e.species} ({e.name_zh})" for e in equations if e.part == ABOVE)
        raise DomainError("unknown_tree_species", path=path, value=species, known=known)
    return found


def equation_below(
    equations: tuple[AllometricEquation, ...], species: str, *, path: str
) -> AllometricEquation:
    """Return the equation of the roots of a species: its own, or else the general one.

    Raises:
        DomainError: `unknown_tree_species` when the data hold neither.
    """
    found = find_equation(equations, species, BELOW) or find_equation(equations, GENERAL, BELOW)
    if found is None:
        known = sorted(f"{e.species} ({e.name_zh})" for e in equations if e.part == BELOW)
        raise DomainError("unknown_tree_species", path=path, value=species, known=known)
    return found
