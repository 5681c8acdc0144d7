"""Two or more cameras: calibration, one clock, one body, and where it is in the room."""
