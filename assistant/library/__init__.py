"""The library: documents read, identified, split into passages, indexed and found again."""
