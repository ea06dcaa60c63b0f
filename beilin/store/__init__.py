"""The thin edge: the only room that touches files, processes, the cache and Pagefind."""
