"""Two briefings, and what differs between them."""
