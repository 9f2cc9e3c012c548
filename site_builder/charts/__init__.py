"""Chart geometry, pure: where things stand in lanes of time and on a line of numbers.

Across, positions are percent of the drawing's width, so that a drawing fits any screen without shrinking its words;
down, they are CSS pixels from the top. What must not touch is kept apart at `axes.NARROW`, the narrowest a drawing
gets; wherever there is more room, things only move further apart.
"""
