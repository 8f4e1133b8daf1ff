"""The comparison of two papers as a file for Word: real tracked changes to accept or reject."""
