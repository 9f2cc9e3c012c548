"""Numbers and dates as texts print them."""
