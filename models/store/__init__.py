"""The store: every draft in one file of the user's data folder. The only place that speaks SQL."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from models.store.connection import open_store
    from models.store.drafts import DraftSummary, Place, Store
    from models.store.store_errors import StoreError

__all__ = ["DraftSummary", "Place", "Store", "StoreError", "open_store"]

_MODULES = {"open_store": "connection", "StoreError": "store_errors"}


def __getattr__(name: str) -> Any:
    """Loaded when asked for: whoever only looks for the data folder needs no database."""
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"models.store.{_MODULES.get(name, 'drafts')}"), name)
