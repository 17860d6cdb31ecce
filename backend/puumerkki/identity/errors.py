"""This room's errors."""

from puumerkki.kernel.errors import Conflict, Forbidden, Invalid, Unauthenticated


class LoginFailed(Unauthenticated):
    """The same answer whether the address, the password or the account is wrong."""

    code = "login_failed"
    message = "The email address or the password is wrong."


class SessionEnded(Unauthenticated):
    """The refresh token does not hold any more."""

    code = "session_ended"
    message = "The session has ended. Sign in again."


class LinkInvalid(Unauthenticated):
    """A mailed link that was used, has expired or never was."""

    code = "link_invalid"
    message = "The link has been used or has expired."


class OriginRefused(Forbidden):
    """A request that a browser may have sent from a strange page."""

    code = "origin_refused"
    message = "This needs the Origin of this service and the header X-Puumerkki."


class PasswordWrong(Invalid):
    """The present password was not given right."""

    code = "invalid"


class NoPassword(Conflict):
    """There is none to prove oneself by."""

    code = "no_password"
    message = "Your account has no password. Ask for the link by email instead."


class EmailTaken(Conflict):
    """Told only to who holds the mailbox."""

    code = "email_taken"
    message = "Another account has this address."


class UserDisabled(Conflict):
    """Somebody who may not sign in any more."""

    code = "user_disabled"
    message = "This person's account has been closed."


class TooManyOffers(Conflict):
    """An organisation has many open invitations already."""

    code = "too_many_offers"
    message = "Too many invitations are open: wait for answers, or withdraw some."


class OfferMailedLately(Conflict):
    """An invitation that was mailed less than an hour ago."""

    code = "offer_mailed_lately"
    message = "The invitation was sent less than an hour ago. Send it again later."


class CannotDisableSelf(Conflict):
    """An operator cannot lock themselves out."""

    code = "cannot_disable_self"
    message = "You cannot close your own account this way."


class ServiceAccountRevoked(Conflict):
    """A revoked service account stays revoked."""

    code = "service_account_revoked"
    message = "This service account has been revoked."
