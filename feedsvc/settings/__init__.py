"""YAML and environment in, frozen settings out; every error names its file, line and key.

yamlfile (text ─► values with their lines) ─► environment ─► models (shape) ─► newsroom · taxonomy (meaning) ─► Settings
"""

from .files import FILES
from .following import Followed, load_followed
from .load import Settings, database_of, load_settings
from .rules import taxonomy_of

__all__ = ["FILES", "Followed", "Settings", "database_of", "load_followed", "load_settings", "taxonomy_of"]
