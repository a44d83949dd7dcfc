"""What several rooms need: checks of arguments, HTML that escapes by construction, files, the command line, whether
a reader is there."""
