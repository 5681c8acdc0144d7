"""Motion analysis for physiotherapy: joint angles with their measurement error, from one camera."""

__all__ = ["__version__"]
__version__ = "0.1.0"
