"""The inputs of a case: each one is declared here and nowhere else."""
