"""The output folder: its one writer and its lock, and what is noted of a site and of the inputs it was made from."""
