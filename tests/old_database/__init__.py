"""A newsroom of November 2026, from before names in the code became those of the field, and what is tried with it."""
