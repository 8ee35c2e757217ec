import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "testkit" / "py"))
from testkit.fixtures import *  # noqa: E402,F401,F403
