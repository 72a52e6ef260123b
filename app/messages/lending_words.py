"""The words of the codes of lending: bounds, collaterals, stresses, what is due."""
