"""Files and pasted text into content trees, with findings; never a word lost.

The readers are pure Python; storing what they read is the business of the services.
"""
