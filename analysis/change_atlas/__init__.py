"""The atlas: for which organisations does splitting the roles pay, one who ranks, or sprints?"""
