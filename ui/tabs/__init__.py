"""One module for each tab: what stands in it and what its acts do."""
