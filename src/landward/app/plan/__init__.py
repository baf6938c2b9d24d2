"""A taper plan: asked, worked out, lived with."""
