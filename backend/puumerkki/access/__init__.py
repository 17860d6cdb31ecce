"""Who may do what: permissions, roles, grants, and the caller of a request."""
