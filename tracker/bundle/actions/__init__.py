"""Acts on bundles: asking for one, building it, handing it out."""

from tracker.bundle.actions.building import beat, claim, fail, finish, resume_stale
from tracker.bundle.actions.requesting import hand_out, request_bundle

__all__ = ["beat", "claim", "fail", "finish", "hand_out", "request_bundle", "resume_stale"]
