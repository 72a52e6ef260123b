"""Blue Carbon Desk: value carbon-sink income rights, size pledge loans, price insurance."""
