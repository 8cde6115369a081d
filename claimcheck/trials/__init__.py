"""Trial records: reading, checking and finding them."""
