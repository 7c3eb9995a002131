"""Every numbered row of docs/threats.md against a scripted upstream on this machine, all guards on."""
