"""Northshire Council, an invented organisation laid around today so that one reminder of each kind is due."""

PASSWORD = "northshire-demo-2026"  # noqa: S105 -- printed for everybody; refused outside development
