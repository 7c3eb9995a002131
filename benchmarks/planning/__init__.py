"""How long it takes to see what edited rules would change, and to apply them, over very many stored articles."""
