"""Words and sources of warnings and red flags, by notice code."""

from app.i18n import N_

NOTICES = {
    "no_compliance_exit": N_(
        "No compliance market takes this credit: neither the national one nor Fujian or "
        "Guangdong accepts farmed shellfish or algae. Only voluntary and court sales are left."
    ),
    "implausible_rate": N_(
        "{rate} t CO₂ per hectare a year is implausible: above {limit}, more than any audited "
        "figure seen. For comparison: Futian mangrove {futian}, Zhanjiang mangrove {zhanjiang}, "
        "the doubtful kelp ticket of Lianjiang {lianjiang}. Check area, unit (C or CO₂) and period."
    ),
    "species_not_of_carrier": N_("The species {species} does not belong to this sink carrier."),
    "implausible_price": N_(
        "{price} yuan/t is above {limit} yuan/t, the highest price seen (a court purchase)."
    ),
    "no_credits_in_horizon": N_(
        "No credits fall into the years valued: all values rest on costs alone."
    ),
    "net_not_positive": N_(
        "The net value is {net} yuan: the right does not pay for itself. Rely on the first "
        "source of repayment and on other security."
    ),
    "right_has_ended": N_("The right has ended on the valuation date: there is nothing to value."),
    "no_right_end": N_(
        "No end of a right is given: sea-area use right, crediting period or contract."
    ),
    "no_compliance_market": N_(
        "No compliance market is known to take this credit for this activity: only voluntary "
        "sales are left."
    ),
    "nothing_insured": N_("Nothing is insured: the sum insured is zero."),
    "single_sample": N_(
        "A coefficient of {species} rests on a single sample: its error is not known."
    ),
    "promised_over_forecast": N_(
        "Promised of vintage {vintage}: {promised} t, more than there are: {forecast} t. A tonne "
        "can be pledged or sold once."
    ),
    "already_pledged": N_(
        "Tonnes of this project pledged already, according to the credit ledger: {tonnes}."
    ),
    "net_source": N_(
        "The project gives off {tonnes} t CO₂e more than it takes up: it is a source, and no "
        "credits come of it."
    ),
    "after_last_verification": N_(
        "Tonnes after the last verification listed, not issued and not valued: {tonnes}."
    ),
    "sold_left_out": N_(
        "Tonnes sold or retired according to the credit ledger, left out of the values: {tonnes}."
    ),
    "unusual_rate": N_(
        "{rate} t CO₂ per hectare a year is outside the range seen for this carrier, {low} to "
        "{high}. Check area, unit (C or CO₂), period and what is counted."
    ),
    "needs_harvest": N_(
        "{rate} t CO₂ per hectare a year would need {tonnes} t of {species}, wet, from each "
        "hectare; {possible} t would already give {ceiling} t CO₂. Check area, unit, period, and "
        "whether dissolved or buried carbon is counted."
    ),
    "net_source_brackish": N_(
        "A restored hectare is a net source: {net} t CO₂e a year by Tier 1, at {salinity} ppt. "
        "The soil takes up {soil} t, methane gives off {methane} t at a warming potential of "
        "{gwp}."
    ),
    "allochthonous_not_deducted": N_(
        "Carbon from outside is not taken off: it must be shown that it would have returned to "
        "the air without the project (VM0033, 8.2.4.2.2)."
    ),
    "soil_gases_left_out": N_(
        "A gas of the soil is left out: it must be shown that it does not rise against the "
        "baseline (VM0033, 8.2.4.3 and 8.2.4.4)."
    ),
    "cover_below_default": N_(
        "The cover of stratum {stratum} is below {least}%: its default soil rate counts as zero."
    ),
    "uncertainty_above_allowed": N_(
        "The uncertainty of {error}% is above the {allowed}% that cost nothing: the excess is "
        "taken off the net reductions."
    ),
    "method_not_applicable": N_("The method does not apply: “{criterion}” is not met ({clause})."),
    "applicability_unknown": N_(
        "Whether the method applies is open: “{criterion}” is not known ({clause})."
    ),
    "applicability_not_seen": N_(
        "The conditions of {method} were not available when this program was made: check them "
        "against its text."
    ),
    "numbers_not_seen": N_(
        "The numbers of {method} were not available when this program was made: all are inputs "
        "of the case, to be checked against its text."
    ),
    "one_title_ends_all": N_(
        "The title of {owner} ends on {end}: with it ends the crediting period of the whole "
        "project, and nothing is counted afterwards."
    ),
    "growth_table_ends": N_(
        "The growth table ends at age {last_age}; the oldest stand reaches {oldest} years by "
        "{last_year}. From the last age on its biomass stays as it is."
    ),
    "allometry_caution": N_("Equation of {species} ({author}): {caution}"),
    "tool_area_outside": N_(
        "{area} ha are planted or restored outside the years of the Cost Tool, {first} to {last}: "
        "their labour is not among the costs."
    ),
    "tool_no_area": N_(
        "Implementation labour is given per hectare, but the plan restores none within the years "
        "of the Cost Tool: it costs nothing."
    ),
    "tool_credits_before": N_(
        "Credits in the four start-up years of the Cost Tool, left out: {tonnes}. Its first year "
        "with credits is {year}."
    ),
    "tool_beyond_right": N_(
        "Credits that the Cost Tool values after {end}, when the right has ended: {tonnes}. "
        "Shorten the horizon."
    ),
    "several_rates": N_(
        "Several rates of return make the value zero: {rates}. None of them is the return; go by "
        "the net value or the modified rate."
    ),
    "issued_not_valued": N_(
        "Credits issued before the valuation date, unsold and in no value: {tonnes}. Value them "
        "apart as issued credits."
    ),
    "part_year_left_out": N_(
        "Months at the end of the right that are not valued: {months}. Flows stand for whole "
        "years; choose exact dates to value the rest."
    ),
    "flow_after_horizon": N_(
        "{amount} yuan of dated amounts fall after the last day valued, {end}; they are left out."
    ),
    "value_beyond_horizon": N_(
        "{percent}% of the net value lies beyond the horizon: it rests on the last year going on "
        "for ever."
    ),
    "market_total_differs": N_(
        "Turnover that is not price × volume within 1%, by line: {lines} ({count} in all)."
    ),
    "market_repeat_differs": N_(
        "A day repeated with another figure, by line: {lines} ({count} in all). The figure of the "
        "market book stays."
    ),
    "market_span_of_days": N_(
        "A month or a year instead of a day, by line: {lines} ({count} in all). The price counts "
        "as the mean of that span, not as the price of a day."
    ),
    "market_series_gap": N_("{series} has no price for {days} days, from {first} to {last}."),
    "few_observations": N_(
        "Returns that the estimates rest on: {count}. Below {least} they are an order of "
        "magnitude, not a finding."
    ),
    "reversion_not_found": N_(
        "No return to a level can be told from this series: the mean-reverting model is not "
        "estimated."
    ),
    "recorded_over_forecast": N_(
        "The credit ledger records {recorded} t of vintage {vintage} as verified or issued; "
        "the plan forecasts {forecast}. Check the entry, or the plan."
    ),
    "recorded_before_vintage": N_(
        "The credit ledger records {tonnes} t of vintage {vintage} on {day}, before the year that "
        "removes it has begun. Check day and vintage."
    ),
    "curve_off_price": N_(
        "The price curve begins at {first} yuan/t in {year}, the carbon price of the valuation "
        "date is {price} yuan/t: gross and net value rest on different prices."
    ),
    "price_outside_evidence": N_(
        "The carbon price of {price} yuan/t lies outside the interval of its own evidence, {low} "
        "to {high} yuan/t from {count} prices."
    ),
    "evidence_old": N_(
        "Comparables that count, are more than {years} years older than the valuation date and "
        "were not brought to it by a series: {count}; the oldest is {oldest} years older."
    ),
    "market_not_discounted": N_(
        "The market approach counts the tonnes of {years} years at today's price without a "
        "discount for waiting: {market} yuan against a net value of {net} yuan."
    ),
    "conclusion_above_level": N_(
        "The concluded value of {concluded} yuan is above the value of its type by the income "
        "approach, {level} yuan: the other approaches lift it."
    ),
    "tax_not_alike": N_(
        "The cost of capital is after a tax of {rate}, but the cash flow pays no tax: the two do "
        "not belong together."
    ),
    "tonnes_range_not_in_value": N_(
        "The project has uncertain inputs, but the simulation of the value takes its tonnes as "
        "forecast: the range of the value is too narrow."
    ),
    "premium_not_in_cash_flow": N_(
        "The case prices a carbon cover at {premium} yuan a year, but the cash flow pays no "
        "premium."
    ),
}

SOURCES = {
    "no_compliance_exit": N_("market eligibility table of the reference data"),
}
