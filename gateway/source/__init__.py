"""Where the value of a field comes from: declarations, page arguments, cursors, and the SQL both engines read with."""
