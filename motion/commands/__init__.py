"""What the console's larger commands do, apart from parsing."""
