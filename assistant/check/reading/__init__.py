"""A report's structure: paragraphs out of lines, sections out of paragraphs, zones, tables."""
