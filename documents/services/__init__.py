"""Use cases of paper alone, and the writers of its facts; each module is one noun."""
