"""The types of the schema: names and fields only. What a field reads is in the modules one folder up."""
