"""Larger lists of names that a user adds to the rules: read, sifted, and kept on disk."""
