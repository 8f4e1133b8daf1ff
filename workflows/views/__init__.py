"""Pages: each says what was typed, which use case, where next."""
