"""Loads the tools, which are programs without a suffix, as modules."""
import importlib.machinery
import importlib.util
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))


def tool(name):
    loader = importlib.machinery.SourceFileLoader(name, str(Path(__file__).parent.parent / name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader))
    loader.exec_module(module)
    return module
