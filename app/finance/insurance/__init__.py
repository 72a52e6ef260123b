"""Pure premium and gross premium of carbon-loss and harvest-loss covers."""
