"""How a feed is written down: Atom, RSS and JSON Feed. The one place that knows feedgen."""
