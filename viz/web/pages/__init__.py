"""One file for each page: a pure function from what is shown to the text of the page."""
