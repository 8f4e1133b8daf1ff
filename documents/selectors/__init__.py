"""Questions about paper alone: what is in force on a day, what a list shows, what a book holds."""
