"""From text to trees, with every mistake in it, and back to the one way to write a file."""
