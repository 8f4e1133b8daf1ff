"""Behaviour, by what a person came to do."""
