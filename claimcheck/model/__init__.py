"""Every value that travels, by noun: frozen, and of the standard library alone."""
