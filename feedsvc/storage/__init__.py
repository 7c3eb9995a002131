"""What is kept: articles, feeds and the ledger of passes in a database; pictures in a folder."""
