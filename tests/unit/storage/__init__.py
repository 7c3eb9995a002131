"""What is particular to the SQL store."""
