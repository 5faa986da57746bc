"""What a run that is over is reduced to: outcomes, and money day by day."""
