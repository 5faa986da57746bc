"""One run on the Mesa clock, written down: what happened, who spent which hours on what, who waited for whom.

Nothing here takes part in a run. `record` lets the organisation live and looks at its rows after each step;
`causes_of` goes back from a delivery along what held it up.
"""
