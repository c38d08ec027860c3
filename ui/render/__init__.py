"""HTML of the page, from templates that escape everything by themselves."""
