"""The register of organisations: founded, confirmed, joined, archived, and who acts for them."""
