"""The Vietnamese language as administrative texts write it: letters, syllables, figures, dates, names."""
