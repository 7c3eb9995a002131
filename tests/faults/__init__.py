"""What goes wrong around a running service, done to it: processes killed, disks full, databases away, clocks moved."""
