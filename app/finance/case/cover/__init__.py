"""The inputs of an insurance: policy, heads of cover, perils, models, premium, settlement."""
