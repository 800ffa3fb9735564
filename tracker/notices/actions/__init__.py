"""Acts on letters: queue one within an act, deliver it after commit, record what the post brought."""

from tracker.notices.actions.delivery import deliver, deliver_due
from tracker.notices.actions.post import record_post
from tracker.notices.actions.queueing import queue

__all__ = ["deliver", "deliver_due", "queue", "record_post"]
