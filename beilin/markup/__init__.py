"""From captured markup to blocks: parse, rebuild, and pass the one gate."""
