"""YAML and environment in, frozen settings out; every error names its file, line and key.

yamlfile (text ─► values with their lines) ─► environment ─► models (shape) ─► newsroom · taxonomy (meaning) ─► Settings
"""

from .load import FILES, Settings, load_settings

__all__ = ["FILES", "Settings", "load_settings"]
