"""The inputs of an appraisal: price evidence, curve, rate, costs, approaches, simulation."""
