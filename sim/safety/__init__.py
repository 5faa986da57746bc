"""What comes from outside and goes out again, safely: names, spreadsheets' cells, facts with digests, private
folders.
"""
