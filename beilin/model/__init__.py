"""The nouns that every other room passes around. Nothing here computes more than a view of its own fields."""
