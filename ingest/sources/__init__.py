"""One module and one YAML file for each source; a file's name is the source's name."""
