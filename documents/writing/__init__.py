"""Writing a draft: its text as pieces, the edits a text takes, and two hands on one text. Pure."""
