"""The page that an editor opens: the draft, its claims marked, the evidence beside them.

One file that holds everything and asks nobody for anything.
"""

from claimcheck.reports.html.page import render

__all__ = ["render"]
