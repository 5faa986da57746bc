"""*Where does the answer flip?*: the search for the line on which a difference is zero."""
