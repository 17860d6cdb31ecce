"""Reports and evaluations of what was agreed on."""
