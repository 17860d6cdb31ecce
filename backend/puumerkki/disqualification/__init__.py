"""Who takes no part in an application's cases: ties, and what counts as one."""
