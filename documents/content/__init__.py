"""What a paper says: the content tree, its canonical bytes, its clauses and their comparison.

Pure Python: nothing here knows the framework, a clock or a database.
"""
