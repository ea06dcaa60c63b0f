"""One module an outlet, each with its declaration `SOURCE`; a new outlet is a new module here and nothing else."""
