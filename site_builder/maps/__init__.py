"""Maps without tiles: the outlines of the world projected, cropped and drawn as SVG paths, with marks and labels."""
