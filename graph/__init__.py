"""The core: human-rights law as data, and the reasoning over it. No web, no download, no drawing."""
