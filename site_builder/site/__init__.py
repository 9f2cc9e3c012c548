"""Every file of the site, made or kept, and its links."""
