"""First and lost passwords: a link that works once, shown to an administrator, and the page it leads to."""

from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth.views import INTERNAL_RESET_SESSION_TOKEN, PasswordResetConfirmView
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from tracker.access.models import User
from tracker.audit.actors import Actor
from tracker.directory import actions
from tracker.errors import ActionRefused

SET_UP = Actor.system("set_up")


def path_for(user: User) -> str:
    """The address where this person sets a password, until one is set or the link is too old."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("set-password", args=[uid, default_token_generator.make_token(user)])


class SetPasswordView(PasswordResetConfirmView):
    """Django's page keeps the token out of the address; the password is set by the directory's act."""

    form_class = SetPasswordForm
    template_name = "admin/set_password.html"
    title = None

    def get_user(self, uidb64: str) -> User | None:
        """The person of the link, if they may sign in at all."""
        user = super().get_user(uidb64)
        return user if user is not None and user.is_active else None

    def form_valid(self, form: SetPasswordForm) -> HttpResponse:
        """Set it, use the link up, and lead to the sign-in."""
        try:
            password = form.cleaned_data["new_password1"]
            actions.set_password(self.user.pk, password=password, actor=SET_UP, at=timezone.now())
        except ActionRefused as refusal:
            for reason in refusal.reasons:
                form.add_error("new_password2", reason)
            return self.form_invalid(form)
        del self.request.session[INTERNAL_RESET_SESSION_TOKEN]
        messages.success(self.request, _("Your password is set. Sign in with it now."))
        return redirect("sign-in")
