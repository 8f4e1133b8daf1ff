"""The printed paper: content with its issuance facts on A4 by Decree 30/2020, as PDF and as DOCX."""
