"""Print the known answers as a table, or renew it in the page that is named."""

import sys
from pathlib import Path

from validation.table import lines, renew

if len(sys.argv) > 1:
    renew(Path(sys.argv[1]))
else:
    for line in lines():
        print(line, flush=True)
