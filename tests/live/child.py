"""Another program that writes a journal, and does not come to its end."""

import resource
import sys
from pathlib import Path

from journal_makers import make_header, make_poses

from motion.errors import MotionError
from motion.live.journal import Journal
from motion.model import LiveEnd

doing, root, many = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
journal = Journal.create(root, make_header())
if doing == "full":
    resource.setrlimit(resource.RLIMIT_FSIZE, (many, many))
    many = 1_000_000
try:
    for pose in make_poses(many):
        journal.add(pose)
    journal.note("pause", {"by": "hand"})
except MotionError as error:
    print(error)
    journal.close(LiveEnd.STOPPED)
    sys.exit(2)
print("written", flush=True)
sys.stdin.read()  # until somebody kills it
