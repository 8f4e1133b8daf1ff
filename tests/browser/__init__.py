"""The whole journey through a Chromium."""
