"""The import of an organisation's reports."""
