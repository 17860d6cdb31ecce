"""The register's organisations from a CSV file."""
