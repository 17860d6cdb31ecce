"""Facts of the world that seldom change: municipalities, counties, target groups, forms."""
