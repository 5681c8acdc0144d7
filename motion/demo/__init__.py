"""A clinic of made-up patients, labelled as such, so that every page can be seen full."""
