"""Imported trials on disk: one SQLite file a folder, found without a scan."""
