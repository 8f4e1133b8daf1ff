"""Finding papers: the index of what they say, the language they are asked in, the answer."""
