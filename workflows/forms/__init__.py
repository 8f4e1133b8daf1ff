"""What a person types on the pages of the procedure: read, checked, kept when refused."""
