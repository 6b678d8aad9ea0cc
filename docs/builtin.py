"""Writes domain/dealer.py from policies/dealer.toml: `make builtin`."""

from __future__ import annotations

import sys

from cstrack.store.policies.checked import check
from cstrack.store.policies.presets import preset

HEAD = '''"""The default policy, `dealer`: the practice of car-dealer complaint desks, as data.

Made from policies/dealer.toml by `make builtin`, since reading TOML would cost every command its time.
Pause caps, sums and periods of keeping are this desk's own choice: no source gives them.
"""

from __future__ import annotations

from typing import Any

'''


def module() -> str:
    """The module, before it is formatted."""
    return f"{HEAD}DEALER: dict[str, Any] = {check(preset('dealer'), 'dealer.toml').mapping!r}\n"


if __name__ == "__main__":
    sys.stdout.write(module())
