"""Measurements beside one another in one run; never part of the suite."""
