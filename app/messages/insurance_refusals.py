"""What is expected in the place of a refused input of the insurance, by problem code."""

from app.i18n import N_

_EVENTS = {
    "events_without_heads": N_("at least one head of cover: the event set says what happens to it"),
    "unknown_event_site": N_("a site of the policy or of a head: {known}; or none for every site"),
    "event_site_twice": N_(
        "each site once in an event, and no line for every site beside lines for single ones: "
        "line {line} is of the same"
    ),
    "event_rate_differs": N_("{rate}, the frequency of the first line of the same event"),
    "events_never": N_("at least one event that happens: all frequencies are 0"),
    "event_without_damage": N_("a damage, a loss in yuan or an intensity"),
    "event_damage_twice": N_("nothing: the line states its damage in another way already"),
    "event_curve_missing": N_("the name of a damage curve: events are stated by their intensity"),
    "unknown_event_curve": N_("a name of the damage curves: {known}"),
    "event_curve_above_one": N_("a share, at most 1: the event set takes its damages from here"),
    "simulation_too_large": N_("at most {most} simulated years for a policy of {heads} heads"),
}

_INDEX = {
    "index_season_too_long": N_("a last day less than a year after the first one, {start}"),
    "index_trigger_twice": N_("a name that no other trigger bears"),
    "index_trigger_unknown": N_("one of the triggers: {known}"),
    "index_site_unknown": N_("one of the sites of the policy: {known}"),
    "index_insures_nothing": N_("a quantity that makes the sum insured at least 0.01 yuan"),
    "index_exit_not_above": N_("more than the trigger, {trigger}: the payout rises up to the exit"),
    "index_exit_not_below": N_(
        "less than the trigger, {trigger}: the payout rises down to the exit"
    ),
    "index_without_bands": N_("steps of the payout that name this trigger, or another payout"),
    "index_bands_unused": N_("a trigger that pays by steps"),
    "index_bands_not_rising": N_("more than {before}, the value of the step before"),
    "index_bands_not_falling": N_(
        "less than {before}, the value of the step before: this trigger pays at or below"
    ),
    "index_band_pays_less": N_("more than the {percent}% of the step before"),
    "index_minimum_over_cap": N_("at most {percent}%, the most an event pays"),
    "index_day_twice": N_(
        "one reading of a station and day, since days are counted: line {line} is of the same"
    ),
    "index_reading_outside": N_(
        "a day in a season of the history, from {first} to {last}; a season that crosses the new "
        "year belongs to the year it starts in"
    ),
    "index_year_twice": N_("each year once: line {line} is of the same year"),
    "index_gap_outside": N_("a year of the history, from {first} to {last}"),
    "index_gap_with_readings": N_("a year without readings: this one has some"),
    "index_only_gaps": N_("a history with at least one year that has data"),
    "index_shape_of_exponential": N_("nothing: an exponential law has no shape"),
    "index_fit_one_trigger": N_(
        "the history: the fitted model is of one measure, and there are {count} triggers"
    ),
    "index_fit_season_count": N_(
        "the history: a count of the season has one value a year, and the fitted model is of events"
    ),
    "index_fit_above_trigger": N_("at most {trigger}, the first value that pays"),
    "index_fit_below_trigger": N_("at least {trigger}, the first value that pays"),
    "index_few_exceedances": N_(
        "a lower threshold, a longer history or entered figures: {count} values lie beyond this "
        "one, and a fit needs {least}"
    ),
    "index_same_exceedances": N_(
        "another threshold: the {count} values beyond this one are all the same"
    ),
    "index_infinite_mean": N_(
        "another threshold, or the exponential law: what lies beyond this one has no finite mean"
    ),
}

_EXPERIENCE = {
    "experience_without_heads": N_(
        "at least one head of cover with a sum insured: the history is brought to its terms"
    ),
    "unknown_head": N_("a head of the policy: {known}"),
    "year_outside_history": N_("a year of the history, from {first} to {last}"),
    "not_years": N_(
        "years with commas between them, each once, for example 2009, 2011-2013; or nothing"
    ),
    "missing_year_with_line": N_("years without a line of losses; these have one: {years}"),
    "no_history": N_("a loss, or first and last year of a history with at least one year of data"),
    "exposure_of_year_differs": N_("{exposure}, the sum insured of an earlier line of the year"),
    "class_year_twice": N_("each year of {member} once"),
    "unknown_member": N_("a member of the lines of the class: {known}"),
    "class_too_small": N_(
        "at least two members, the own history among them, and two years of one of them"
    ),
}

_DELIVERY = {
    "policy_year_not_after": N_("a policy year after that of the line before, {before}"),
    "nothing_delivered": N_("a delivery with tonnes and a price above 0"),
    "failure_missing": N_(
        "a probability a year: policy years up to the last delivery have none of their own"
    ),
}

_SETTLEMENT = {
    "history_no_claims": N_("claims of a head of cover: an index has its own history"),
    "history_running": N_(
        "a policy year that is over by {day}: claims of a running year are no history yet"
    ),
    "claim_duration_missing": N_("the days of the interruption: the head has a deductible of days"),
    "claim_of_head_and_index": N_("nothing: the line is of a head, a reading is a line of its own"),
    "claim_without_loss": N_(
        "a loss or a damage of a head, or a reading of the index: the line states none"
    ),
    "claim_loss_twice": N_("nothing: the line states its loss in yuan already"),
    "claim_without_head": N_("the head whose loss was surveyed"),
    "index_missing": N_("no reading: the policy has no index cover"),
}

_QUOTE = {
    "nothing_to_quote": N_("a head of cover, an index cover or a cover of deliveries"),
    "heads_without_events": N_(
        "a peril or a set of events: nothing says what can happen to the heads; or a pure premium "
        "from the history"
    ),
    "basis_without_history": N_("the model, or losses of the own history to take the price from"),
    "basis_without_credibility": N_("the model, or a way of credibility in the own history"),
    "site_twice": N_("a name of its own: line {line} is of the same site"),
    "subsidies_over_one": N_("subsidies of at most 100% of the premium, not {percent}%"),
    "coinsurers_not_one": N_("shares of the insurers that add up to 100%, not {percent}%"),
    "two_leaders": N_("one leader: line {line} leads already"),
    "option_twice": N_("a name that no other option bears"),
    "option_without_index": N_("nothing: the policy has no index cover"),
    "head_twice": N_("a name of its own: line {line} bears the same"),
    "unknown_site": N_("a site of the policy: {known}"),
    "carbon_pays_unit": N_("t CO₂: growth and stock of carbon are counted in tonnes"),
    "both_needs_plan": N_(
        "growth or stock: a quantity entered is one of the two; both come from the plan of this "
        "case, without a quantity"
    ),
    "franchise_of_loss": N_(
        "0: a loss is always above a share of itself, so that a threshold of it takes nothing off"
    ),
    "deductible_over_sum": N_("less than the sum insured, {sum_insured} yuan"),
    "layer_over_limit": N_("less than the limit for an event, {limit} yuan"),
    "reinstatements_missing": N_(
        "at least one reinstatement: a premium is stated for it, and empty means without end"
    ),
    "waiting_over_period": N_("less than the {days} days of the first policy year"),
    "stages_overlap": N_("months that no other stage of the head has: line {line} has them"),
    "stages_without_risk": N_("at least one stage of “{head}” with a share on risk"),
    "stock_year_beyond": N_("one of the {years} policy years of the period"),
}

_PERILS = {
    "peril_hits_nothing": N_("head and site that belong together: no head is hit"),
    "yuan_of_one_head": N_("the one head that is hit: a damage in yuan is that of a single head"),
    "ratio_not_used": N_("nothing, or the negative binomial: only that law has such a spread"),
    "at_most_one_event": N_("at most {at_most}: this law knows one event a year"),
    "too_many_events": N_(
        "at most {at_most} paid events a year of one peril: more are no events but a running cost"
    ),
    "days_need_duration": N_(
        "the duration of the interruption: days of it are not paid for by “{head}”"
    ),
    "damage_share_above_one": N_("a share of the value on risk, at most 1; or a damage in yuan"),
    "damage_not_used": N_("nothing: this law of the damage has no use for it"),
    "cv_too_large": N_("less than {limit}, the most the law can have with this mean"),
    "cv_above_one": N_("more than 1, as this law needs; or its shape"),
    "pareto_without_mean": N_("more than 1: below it the mean loss is infinite"),
    "gpd_without_mean": N_("less than 1: from there on the mean loss is infinite"),
    "mean_above_threshold": N_("more than the threshold, {limit}"),
    "unknown_curve": N_("a name of the table of damages: {known}"),
    "table_not_one": N_("a table whose probabilities add up to 100%, not {percent}%"),
    "damage_curve_falls": N_(
        "a curve with each intensity once, whose damage never falls as intensity grows"
    ),
    "damage_shares": N_("events without damage and of total loss of at most 100% together"),
    "share_basis_only": N_(
        "share of the value on risk: this law, and events of no damage or total loss, know no yuan"
    ),
    "never_paid": N_(
        "a frequency of all events that damage, or other terms: no event is paid on these, so "
        "that events that are paid cannot be counted"
    ),
}

_ACCUMULATION = {
    "unknown_storm": N_("a storm of the track file, by name or number; similar ones: {near}"),
    "storm_ambiguous": N_("a year, or the number of the storm: several bear this name: {years}"),
    "no_storm_near": N_("a place that a storm of the file came near to, within {radius} km"),
    "no_storm_costs": N_(
        "storms that cost this book something: a damage curve, cases with coordinates, or a wider "
        "radius"
    ),
    "unknown_wind_curve": N_("a damage curve by wind: {known}"),
    "curve_averaging_missing": N_(
        "the averaging time of the winds of the damage curve: nothing states it"
    ),
    "curve_points": N_(
        "pairs of wind (m/s, rising) and damage (0 to 1, not falling), such as 20 0; 40 0.5"
    ),
    "unknown_reported_event": N_("a reported event: {known}"),
    "right_not_followed": N_(
        "a level of value that can be carried to the day: the cash flow it would follow is not "
        "worth anything"
    ),
}

INSURANCE_EXPECTED: dict[str, str] = {
    **_QUOTE,
    **_PERILS,
    **_EVENTS,
    **_ACCUMULATION,
    **_INDEX,
    **_EXPERIENCE,
    **_DELIVERY,
    **_SETTLEMENT,
}
