"""From the library to what a reader gets: views, citations, feeds, data. Pure: nothing here reads or writes a file."""
