"""By what complaints are alike, so that several within a few days look like one matter."""

from __future__ import annotations

ALIKE = ("model", "batch", "area")
"""What is compared where the policy does not say: the product's model, own fields of these names."""
MOST_ALIKE = 20
"""So many things at most are compared."""
