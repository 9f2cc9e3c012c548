"""Texts as they are printed: decoded, cut into paragraphs, folded, and quotes found in them."""
