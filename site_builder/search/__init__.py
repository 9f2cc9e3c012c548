"""What the search page loads."""
