"""Files of events: the port, the folder, memory, the log read from them, and appending."""
