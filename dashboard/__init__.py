"""The dashboard: shows what the library measured; it measures nothing itself."""
