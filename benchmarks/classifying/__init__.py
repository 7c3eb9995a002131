"""How much work it is to find names and phrases in an article, and to decide by them."""
