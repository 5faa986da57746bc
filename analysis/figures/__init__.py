"""What all figures share: shapes, looks and panels. A figure is made to be put in a slide as it is."""
