"""Applications at funders, and what came of them."""
