"""What an appraisal report says by itself: headings, definitions, statement, limits.

Order of the sections: 资产评估执业准则——资产评估报告, verified in an older text, recalled of the
current one. What is asked of valuation date, conclusion, validity, special matters and limits:
资产评估基本准则 (财资〔2017〕43号), articles 25 to 28, verified in a mirror. Statement and limits
are the program's own words, recalled from what such reports say; they are printed as a house text.
"""

from app.i18n import N_

TITLE = N_("Appraisal report: carbon-sink income right")
STATEMENT_HEADING = N_("Statement of the appraisers")
ABSTRACT_HEADING = N_("Abstract of the report")

SECTIONS = (
    N_("Client, right holder and users of the report"),
    N_("Purpose of the appraisal"),
    N_("Object and scope"),
    N_("Type of value"),
    N_("Valuation date"),
    N_("Bases"),
    N_("Approaches and method"),
    N_("Course of the appraisal"),
    N_("Assumptions"),
    N_("Conclusion"),
    N_("Special matters"),
    N_("Limits on use"),
    N_("Date of the report and signatures"),
)
"""The sections of the body, in their order."""

CHINESE_NUMBERS = (*"一二三四五六七八九十", "十一", "十二", "十三")

NOT_A_REPORT = N_(
    "This is a computation of a program from the inputs of the case, laid out as an appraisal "
    "report for appraisers to check, adopt and sign. It is the report of a firm only when two "
    "appraisers have signed it and the firm has set its seal on it."
)
NOT_STATED = N_("Not stated in the case.")
HOUSE_TEXT = N_(
    "House text of the program, which the firm that signs adopts or replaces by its own:"
)

STATEMENT = (
    N_(
        "1. Those who sign have kept to law and appraisal standards, have been independent and "
        "impartial, and answer for the report they sign."
    ),
    N_(
        "2. Those who sign have no interest, present or expected, in the object appraised or with "
        "the parties, and no bias towards them; no fee depends on the conclusion."
    ),
    N_(
        "3. Client and right holder answer for the titles and data they gave being true, lawful "
        "and complete."
    ),
    N_(
        "4. Client and users use the report as the law and section 12 allow; firm and appraisers "
        "do not answer for any other use. Only the client, the users named in section 1 and those "
        "named by law are users of the report."
    ),
    N_(
        "5. The conclusion is not the price that the object is sure to fetch, and no guarantee of "
        "one. It holds only under the assumptions of section 9; special matters and limits on use "
        "are to be heeded."
    ),
)
"""The statement (声明) where the case has none; adopted by those who sign."""

LIMITS = (
    N_(
        "1. The report serves the purpose of section 2 and no other. It may be used from "
        "the valuation date to {day}; when price, right or project change much before, it is to "
        "be made anew."
    ),
    N_(
        "2. It is read as a whole: no figure is used without its assumptions and the special "
        "matters. Gross value, one year's carbon and option value stand for comparison only."
    ),
    N_(
        "3. It is not published or quoted without the consent of the firm that signs, unless the "
        "law asks for it."
    ),
)
"""The limits on use where the case states none."""

READ_THE_WHOLE = N_(
    "The abstract is taken from the report. To understand the conclusion, read the whole of it."
)

DEFINITIONS = {
    "market": N_(
        "Amount for which a willing buyer and a willing seller, each acting with knowledge and "
        "without compulsion, would exchange the right on the valuation date"
    ),
    "pledge": N_(
        "What a prudent lender may count on while a loan runs: the market value without what may "
        "not last"
    ),
    "liquidation": N_("What a forced sale within a limited time is likely to leave"),
    "investment": N_("What the right is worth to a certain investor with aims of his own"),
}
"""Types of value in the words of the program, by code."""

COMPUTED = {
    "market": N_("Net value: present value of all receipts less shares, costs and taxes"),
    "pledge": N_(
        "Prudent value: the net value with {price} less of the price and {tonnes} less of the "
        "tonnes, costs unchanged"
    ),
    "liquidation": N_(
        "Liquidation value: the lower of gross and prudent value, less a forced-sale discount of "
        "{discount} and {cost} for the sale, discounted over {months} months; zero when "
        "nothing is left"
    ),
    "investment": N_("Net value, by the rate and the costs of that investor"),
}
"""What the income approach puts in for each type of value, by code."""

TERMS_OF = N_(
    "Definitions in the words of this program. Compare IVS 102 Bases of Value, International "
    "Valuation Standards effective 31 January 2025. Market and cost approach enter a pledge or "
    "liquidation value after the same deductions. Gross value is no type of value: it is shown "
    "because lenders print it."
)

STANDARDS = (
    (
        N_("Basic Standards for Asset Appraisal (财资〔2017〕43号), articles 25 to 28"),
        N_("what the report states of valuation date, conclusion, special matters and limits"),
    ),
    (
        N_("Practice Standard for Asset Appraisal: Appraisal Report"),
        N_("the order of the sections"),
    ),
    (
        N_("International Valuation Standards, edition effective 31 January 2025"),
        N_(
            "names of bases of value (IVS 102), approaches (IVS 103), data and inputs (IVS 104), "
            "valuation models (IVS 105), documentation and reporting (IVS 106)"
        ),
    ),
)
"""What the layout of the document follows, and in what."""

NOT_CHECKED = N_(
    "The program follows these in layout and names only. Whether the report meets them is for "
    "those who sign to find and to state."
)
