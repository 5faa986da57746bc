"""Random numbers without a state: four of them for each counter, the same whenever they are asked for.

Philox4x32 with ten rounds (Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3").
Plain whole numbers, so that Python and compiled code get the same bits: of a product only the low 64 bits
count, which are right also where compiled code overflows.
"""

import math

ROUNDS = 10
WORD = 0xFFFFFFFF  # 32 bits
FIRST_FACTOR, SECOND_FACTOR = 0xD2511F53, 0xCD9E8D57
FIRST_STEP, SECOND_STEP = 0x9E3779B9, 0xBB67AE85  # of the key, from round to round
WORDS = 2.0**32  # different ones
FULL_TURN = 2.0 * math.pi


def philox(key: int, other_key: int, a: int, b: int, c: int, d: int) -> tuple[int, int, int, int]:
    """Four words of 32 bits for a key of two words and a counter of four."""
    for _ in range(ROUNDS):
        first, second = FIRST_FACTOR * a, SECOND_FACTOR * c
        a, c = (second >> 32 ^ b ^ key) & WORD, (first >> 32 ^ d ^ other_key) & WORD
        b, d = second & WORD, first & WORD
        key, other_key = key + FIRST_STEP & WORD, other_key + SECOND_STEP & WORD
    return a, b, c, d


def share(word: int) -> float:
    """A word as a number between 0 and 1, neither of which it ever is."""
    return (word + 0.5) / WORDS


def exponential(luck: float) -> float:
    """Luck, 0-1, as an exponential number of mean 1: what a unit Poisson process waits for its next event."""
    return -math.log(luck)


def normal(luck: float, more_luck: float) -> float:
    """Two numbers of luck, 0-1, as a standard normal one (Box & Muller 1958)."""
    return math.sqrt(2.0 * exponential(luck)) * math.cos(FULL_TURN * more_luck)
