"""The shipped law: rules, instruments, rights, status tables, messages. Data, and one module that reads it."""
