"""What a patient is to do of an exercise: the same words on a screen as on paper."""

from motion.report.dose_lines import dose_lines, say_degrees, side_text

__all__ = ["dose_lines", "say_degrees", "side_text"]
