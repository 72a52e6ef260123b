"""Version of the program, as printed on each document."""

VERSION = "0.1.0"
