"""Pure functions: model values in, model values out. No engine imports another."""
