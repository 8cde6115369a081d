"""`python -m claimcheck`: the command line."""

import sys

from claimcheck.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
