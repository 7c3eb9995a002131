"""When sources are polled: one APScheduler job ticks, and every tick starts the passes that are due."""
