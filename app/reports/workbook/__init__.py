"""The workbook of a case: a spreadsheet whose formulas are live, with the figures it was made of.

`book` is the frame every sheet is written on; `build.case_workbook` puts the sheets together.
"""
