"""Data the program ships: templates, indicators, help, icons, the sample. Found beside this file, frozen or not."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent
