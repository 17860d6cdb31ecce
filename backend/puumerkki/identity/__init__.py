"""People and service accounts: sign-in, tokens, invitations, roles given and taken."""
