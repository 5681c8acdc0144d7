"""A running camera joined to the pose model, the coach and the record."""
