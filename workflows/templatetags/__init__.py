"""The words and marks that templates share."""
