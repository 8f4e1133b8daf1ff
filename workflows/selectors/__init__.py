"""Questions about the procedure: who has a paper, since when, until when, and how it came here."""
