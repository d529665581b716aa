"""The store: every draft in one file of the user's data folder. The only place that speaks SQL."""

from models.store.connection import open_store
from models.store.drafts import DraftSummary, Place, Store
from models.store.store_errors import StoreError

__all__ = ["DraftSummary", "Place", "Store", "StoreError", "open_store"]
