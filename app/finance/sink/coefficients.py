"""Carbon in harvested bivalves and macroalgae, by dry-mass and carbon shares."""

from dataclasses import dataclass

from app.finance.case.carbon.harvest import AccountingMode, WeightBasis
from app.finance.quantity import CO2_PER_C

BIVALVE = "bivalve"
MACROALGAE = "macroalgae"


@dataclass(frozen=True, slots=True)
class SpeciesCoefficients:
    """Shares of one species, all 0 to 1; `key` is its English name, `group` its kind.

    `dry_to_wet` is dry over wet mass; the mass shares split the dry mass into soft tissue
    and shell; the carbon shares are t C per t dry mass of each. An alga is all soft tissue.
    Draws may put arrays of shape (draws, 1) in the place of numbers. `sampled` names the
    coefficients that rest on samples of the case.
    """

    key: str
    name_zh: str
    group: str
    dry_to_wet: float
    soft_mass_share: float
    shell_mass_share: float
    carbon_soft: float
    carbon_shell: float
    source: str
    sampled: tuple[str, ...] = ()

    def dry_factor(self, basis: WeightBasis) -> float:
        """t dry mass per t harvested: R for wet weight, 1 for dry weight."""
        return self.dry_to_wet if basis is WeightBasis.WET else 1.0

    def soft_tc_per_t_dry(self) -> float:
        """t C in soft tissue or algal body per t dry mass of the whole."""
        return self.soft_mass_share * self.carbon_soft

    def shell_tc_per_t_dry(self) -> float:
        """t C in shell per t dry mass of the whole."""
        return self.shell_mass_share * self.carbon_shell

    def tc_per_t(self, basis: WeightBasis, mode: AccountingMode) -> float:
        """t C per t harvested.

        C = P x R x (w_soft CF_soft + w_shell CF_shell), R = 1 for dry weight; the mode
        leaves out one of the two terms of a bivalve. In the net mode it is the shell before
        what calcification gives off. Source: form of the carbon-stock change method for
        bivalves and macroalgae, with the shares of Sun Kang et al. 2020, Table 2.
        """
        soft, shell = self.soft_tc_per_t_dry(), self.shell_tc_per_t_dry()
        if self.group == MACROALGAE or mode is AccountingMode.SOFT_ONLY:
            counted = soft
        elif mode is AccountingMode.SOFT_AND_SHELL:
            counted = soft + shell
        else:
            counted = shell
        return self.dry_factor(basis) * counted

    def tco2_per_t(self, basis: WeightBasis, mode: AccountingMode) -> float:
        """t CO2 per t harvested: 44/12 of `tc_per_t`."""
        return CO2_PER_C * self.tc_per_t(basis, mode)
