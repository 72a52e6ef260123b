"""What the income right is worth: gross, net and liquidation value."""
