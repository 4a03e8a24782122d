"""Wiring only: the environment, the settings, headers, logs, health and the top of the addresses."""
