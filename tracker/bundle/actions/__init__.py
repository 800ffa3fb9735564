"""Acts on bundles: asking for one, building it, steering the build, handing it out."""

from tracker.bundle.actions.building import beat, claim, fail, finish, resume_stale, stop
from tracker.bundle.actions.handing import hand_out
from tracker.bundle.actions.requesting import request_bundle
from tracker.bundle.actions.steering import cancel_bundle, retry_bundle

__all__ = [
    "beat",
    "cancel_bundle",
    "claim",
    "fail",
    "finish",
    "hand_out",
    "request_bundle",
    "resume_stale",
    "retry_bundle",
    "stop",
]
