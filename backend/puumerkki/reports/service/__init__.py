"""The use cases of reports and evaluations."""
