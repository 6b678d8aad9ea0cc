"""A sample desk around a fixed moment: invented people, true arithmetic."""
