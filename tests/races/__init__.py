"""Two people at once, on real connections."""
