"""From a publisher's file to statements: snapshot, rows, statements, findings. Nothing here downloads."""
