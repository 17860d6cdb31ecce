"""The imports of networks: members, and who speaks for them."""
