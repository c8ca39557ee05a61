"""What can be asked: built once, checked, and bound to the engines."""
