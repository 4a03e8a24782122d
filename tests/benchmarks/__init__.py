"""Measured by hand, never by a test: ratios from one run against something else."""
