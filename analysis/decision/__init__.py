"""*Should we change?*: compared, judged, doubted, said in sentences."""
