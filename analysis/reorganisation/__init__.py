"""*What does it cost to change, and when does it pay?*"""
