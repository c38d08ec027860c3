"""Spelling: which syllables exist, which fit where they stand."""
