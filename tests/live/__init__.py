"""What a second browser hears, and what a stranger does not."""
