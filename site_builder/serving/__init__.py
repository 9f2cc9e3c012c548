"""The preview: pages served on 127.0.0.1 while their author works on them, and what only a preview offers.

Nothing of this room gets into a site. `preview` runs it, `guard` says who is answered, `routes` what is offered beside
the pages, `pages` serves the site and puts the preview's scripts into pages on their way out.
"""
