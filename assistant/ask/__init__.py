"""Ask: a question becomes an answer whose every sentence carries its citation, or a refusal."""
