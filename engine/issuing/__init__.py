"""From a run to what is issued: an inspector's decisions, frozen dates, what is withheld, and what a correction changes."""
