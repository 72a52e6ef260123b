"""Words and sources of warnings and red flags of the insurance, by notice code."""

from app.i18n import N_

_EVENTS = {
    "events_without_source": N_("The event set names no source of its rates and damages."),
    "events_of_one_site": N_(
        "The event set holds one site only: nothing accumulates in it. With several sites name "
        "them in the policy."
    ),
    "events_without_season": N_(
        "The rates of the event set count whole years, and their events spread evenly over the "
        "months; the period or the growth stages are not the same all year. Storms do not come "
        "evenly: where the months matter, state them as perils with a season."
    ),
    "perils_beside_events": N_(
        "Perils of storm beside the event set: {count}. They are priced on top of it; check that "
        "no storm is counted twice."
    ),
    "site_without_events": N_("No event of the set hits these sites: {sites}."),
    "events_beyond_curve": N_(
        "Events beyond the last point of the damage curve: intensity up to {most}, the curve ends "
        "at {last}. The damage of the last point is taken for them."
    ),
    "spread_all_or_nothing": N_(
        "Damages whose spread is more than a share can have: {count}. They are taken as all or "
        "nothing with the same mean."
    ),
    "event_loss_over_value": N_(
        "Losses of the event set above the sum insured of their site: {count}, the first in "
        "{event}. No more than the value on risk is lost."
    ),
}

_INDEX = {
    "index_season_outside_period": N_(
        "The season of the index lies outside the period of the policy, {start} to {last}: nothing "
        "it measures is covered."
    ),
    "index_season_beyond_period": N_(
        "Part of the season of the index lies outside the period of the policy, {start} to {last}. "
        "The index cover is priced for its whole season."
    ),
    "index_one_season": N_(
        "The index cover is priced for the one season entered; the policy runs {months} months. "
        "Seasons of later policy years are not in the premium."
    ),
    "index_averaging_missing": N_(
        "The averaging time of the wind of “{name}” is not stated. Gusts and means over 1, 2 and "
        "10 minutes are different winds: mixed up they move the price by a factor of 2 or more."
    ),
    "index_payout_not_whole": N_(
        "The index pays at most {percent}% of the sum insured for one event, however strong it is."
    ),
    "index_season_without_cap": N_("The payouts of a season have no limit."),
    "index_season_over_sum": N_("A season may pay up to {percent}% of the sum insured."),
    "index_history_of_two_years": N_(
        "The price stands on a history of {years} years with data. That is no basis for a price."
    ),
    "index_history_short": N_(
        "The history of the index has {years} years with data, fewer than {least}."
    ),
    "index_few_paying_years": N_(
        "Years of the history that would have paid: {count}. A mean of fewer than {least} paying "
        "years is not a price."
    ),
    "index_trigger_not_reached": N_("Triggers that no reading of the history reached: {names}."),
    "index_gap_years": N_(
        "Years of the history without data: {years}. They are left out of the mean; they are not "
        "years without loss."
    ),
    "index_readings_outside_season": N_(
        "Readings that lie outside the season and do not count: {count} of {all}."
    ),
    "index_history_without_source": N_("The history of the index names no source."),
    "index_few_exceedances": N_(
        "No model is fitted: {count} values of the history lie beyond the threshold {threshold}. "
        "Pool stations of the region, or enter the figures of the law."
    ),
    "index_same_exceedances": N_(
        "No model is fitted: the {count} values of the history beyond the threshold {threshold} "
        "are all the same."
    ),
    "index_infinite_mean": N_(
        "No model is fitted: the law that fits best beyond the threshold {threshold} has no finite "
        "mean."
    ),
    "index_fit_far_from_burn": N_(
        "The fitted model expects {fitted}% of the sum insured a season, the history {burn}%: one "
        "is more than twice the other."
    ),
    "index_fit_irregular": N_(
        "The fitted law ends {beyond} beyond the threshold {threshold} (shape {shape}): nothing "
        "stronger is held possible, and its estimate is not a regular one."
    ),
    "index_simulation_apart": N_(
        "Simulation and exact figure of the fitted model differ by more than 4 standard errors: "
        "{simulated}% against {exact}%."
    ),
    "index_losses_unpaid": N_(
        "Basis risk: {percent}% of the years with a loss that should be paid had no payout "
        "({years} years)."
    ),
}

_EXPERIENCE = {
    "history_too_short": N_(
        "Years with data in the own history: {years}. Fewer than {least} are no history; no "
        "premium can rest on them."
    ),
    "history_under_ten": N_(
        "The own history has data of {years} years; events that come once in {usual} years or "
        "less often may be missing in it."
    ),
    "few_paying_years": N_(
        "Only {paying} of {years} years of the own history would have been paid for; with fewer "
        "than {least} the burning cost is no price."
    ),
    "burn_error_large": N_(
        "The standard error of the burning cost is {percent}% of the burning cost itself."
    ),
    "years_without_line": N_(
        "Years of the own history without a line: {count}. They count as years without loss; list "
        "those without data."
    ),
    "history_without_source": N_("The own history names no source."),
    "loss_over_exposure": N_(
        "Losses above the sum insured of their year: {count} ({years}). Check loss and sum insured."
    ),
    "history_without_days": N_(
        "The deductible of days of {head} is not taken off the history: it does not say how long "
        "an interruption was."
    ),
    "history_of_several_heads": N_(
        "The policy has {count} heads of cover, but the history goes through the terms of one, and "
        "its rate is taken for all."
    ),
    "burn_of_whole_years": N_(
        "A rate of the history is that of whole years; the period of {months} months is charged "
        "as policy years."
    ),
    "class_alike": N_(
        "The members of the class do not differ more than chance explains: the own history has no "
        "credibility."
    ),
    "credibility_low": N_(
        "The own history has a credibility of {percent}%: the rate is mostly that of the class."
    ),
}

_DELIVERY = {
    "no_failure": N_("The counterparty is taken never to fail."),
    "failure_without_grade": N_(
        "The probability of failure names no grade it was read from. There is no published one for "
        "a buyer of carbon: it is the underwriter's own."
    ),
    "common_shock_not_counted": N_(
        "A common cause is not counted: a rule or a registry that stops all sales at once."
    ),
    "shortfall_without_spread": N_(
        "The shortfall of delivery is counted with its mean only; the spread of the loss leaves it "
        "out."
    ),
    "wrong_way_not_counted": N_(
        "Price and failure are taken as independent. Sellers fail when replacement is dear; then "
        "the premium is too low."
    ),
    "right_way_counted": N_(
        "Failures are taken to come when replacement is cheap (dependence {rho}); this lowers the "
        "premium."
    ),
    "reversal_within_buffer": N_(
        "A reversal of {percent}% stays within the buffer of {buffer}%: the reversal part pays "
        "nothing."
    ),
    "reversal_over_issued": N_(
        "Reversals of a year take {percent}% of the tonnes issued, more than there are."
    ),
    "deliveries_after_period": N_(
        "Deliveries up to policy year {last}; the period ends with policy year {years}."
    ),
    "delivery_counted_twice": N_(
        "Failure or reversal is insured twice: in the cover of deliveries and in these heads: "
        "{heads}."
    ),
}

_SETTLEMENT = {
    "claim_not_covered": N_("Claim lines that are not covered: {count} ({events})."),
    "claim_above_limit": N_("Claim lines above value, limit or layer: {count} ({events})."),
    "claim_overpaid": N_(
        "Claim lines on which more was paid on account than is payable: {count} ({events})."
    ),
    "reinstatement_open": N_(
        "The claims used limits that are filled up again: a reinstatement premium of {amount} yuan "
        "is due from the insured."
    ),
    "claim_without_evidence": N_(
        "Claim lines that are paid without a survey or bulletin being named: {count} ({events})."
    ),
    "payee_missing": N_("Something is due to the insured, and no account is named."),
}

_HEADS = {
    "limit_of_nothing": N_("A limit of 0 pays nothing. Leave it empty for no limit."),
    "deductible_over_sum_insured": N_(
        "The deductible of “{head}”, {deductible} yuan, is as large as what a total loss leaves of "
        "the sum insured of {insured} yuan: nothing is ever paid."
    ),
    "layer_over_sum_insured": N_(
        "The layer of “{head}” attaches at {attachment} yuan; no loss of the sum insured of "
        "{insured} yuan gets there: nothing is ever paid."
    ),
    "deductible_over_limit": N_(
        "The deductible of “{head}”, {deductible} yuan, is above its limit for an event of {limit} "
        "yuan. Check that the two are not mixed up."
    ),
    "no_month_on_risk": N_(
        "“{head}” is never on risk: period, waiting period and growth stages leave no day of cover."
    ),
    "head_never_paid": N_(
        "No loss the perils can cause to “{head}” is paid on these terms: what it costs is 0."
    ),
    "head_without_peril": N_("No peril hits “{head}”: nothing is charged for its losses."),
    "heads_count_twice": N_(
        "“{head}” and {others} hold the same value on one site. Check that no loss is insured "
        "twice."
    ),
    "peril_not_on_risk": N_(
        "The peril in line {line} costs nothing: its season lies outside the period or the growth "
        "stages."
    ),
    "peril_without_source": N_(
        "No source is named for frequency and damage of the perils in these lines: {lines}."
    ),
    "frequency_to_layer": N_(
        "The frequency of the perils in these lines counts paid events only: {lines}. With another "
        "deductible it is another one."
    ),
    "tonnes_of_other_year": N_(
        "The tonnes insured are those of {taken}, the first year valued; the first policy year "
        "belongs to {own}."
    ),
    "stock_over_verified": N_(
        "“{head}” insures a stock of {tonnes} t CO₂; {verified} t are verified on the day the "
        "cover starts."
    ),
}

_INDEPENDENT = {
    "parts_taken_independent": N_(
        "One cause can hit heads and index cover at once, but they are added as independent: the "
        "standard deviation of {sd} yuan and the loss of a year in 100 of {year} yuan are too low, "
        "and so is a risk loading taken of them. Were both always to rise together, they would be "
        "{sd_most} and {year_most} yuan. The pure premium does not change."
    ),
    "sites_taken_independent": N_(
        "Lines {lines} of the perils are one storm listed for several sites, priced as if each "
        "site had storms of its own: the spread of the year is too low. The pure premium does not "
        "change. Leave the site empty for storms that hit all, or use a set of common events."
    ),
}
_PREMIUM = {
    "premium_over_sum": N_(
        "The premium is {percent}% of the sum insured. That is no insurance: check frequency and "
        "damage."
    ),
    "coefficient_out_of_range": N_(
        "The rate coefficient {coefficient} is outside {low} to {high}, the range of this cover."
    ),
    "rate_below_placed": N_(
        "The rate of {percent}% is below those placed for the like, {low}% to {high}% ({count} "
        "covers)."
    ),
    "rate_above_placed": N_(
        "The rate of {percent}% is above those placed for the like, {low}% to {high}% ({count} "
        "covers)."
    ),
    "asked_below_pure": N_(
        "The premium asked, {asked} yuan, is below the pure premium of {pure} yuan: it does not "
        "pay the losses expected."
    ),
    "asked_below_technical": N_(
        "The premium asked, {asked} yuan, is below the technical premium of {technical} yuan."
    ),
    "asked_without_reason": N_(
        "The premium asked differs from the technical premium, and no reason is stated."
    ),
    "subsidised_not_stated": N_(
        "The premium has subsidies, but the cover is not stated as subsidised."
    ),
    "simulation_coarse": N_(
        "The distribution is simulated, and the standard error of its mean is {percent}% of it. "
        "Simulate more years."
    ),
    "tail_left_out": N_(
        "The distribution leaves out losses with a probability of {millionth} in a million: its "
        "tail is heavier than the grid holds."
    ),
    "no_first_beneficiary": N_(
        "The loan takes the policy as security, but the policy names no first beneficiary."
    ),
    "lender_not_beneficiary": N_(
        "The loan takes the policy as security, but its first beneficiary is {named}, not the "
        "lender {lender}."
    ),
}

INSURANCE_NOTICES: dict[str, str] = {
    **_HEADS,
    **_PREMIUM,
    **_INDEPENDENT,
    **_EVENTS,
    **_INDEX,
    **_EXPERIENCE,
    **_DELIVERY,
    **_SETTLEMENT,
}
INSURANCE_SOURCES: dict[str, str] = {
    "coefficient_out_of_range": N_(
        "Actuarial rules for agricultural insurance (trial), 银保监规〔2023〕4号"
    ),
}
