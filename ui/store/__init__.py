"""What an officer leaves on disk: drafts, conversations, files, preferences. One folder for each user."""
