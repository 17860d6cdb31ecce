"""The API as a server: middleware, errors, the app's files, health."""
