"""Pure functions over English text: words, numbers, names, negation. No disk, no models."""
