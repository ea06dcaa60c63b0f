#!/usr/bin/env python3
"""Builds the archive: `python build.py` reads `content/` and writes `site/`; `--help` tells the rest."""

import sys

from beilin.command import main

if __name__ == "__main__":
    sys.exit(main())
