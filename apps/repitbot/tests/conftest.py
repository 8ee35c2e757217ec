"""Black-box tests of the program `repitbot`."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "tests/testkit/py"))

from testkit.fixtures import *  # noqa: E402, F401, F403
