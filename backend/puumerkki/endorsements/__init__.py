"""The endorsements that networks gave: the register, their credentials, what became of them."""
