"""Work that closes findings of several checks at once: a closed list, for a deed is believed only if the rules bear it out.

A check names in `through` the deeds that are a remedy of its own, and in `also_through` those that happen to close its
instances too: nobody closes an account because its password is weak, but a leaver's account that is closed has no
password to mend. A deed is proposed for the first kind only. That each of them holds is a test: the facts as they
would be afterwards, and the rule asked again.
"""

from typing import Literal

Deed = Literal["archive", "clear_group", "remove_tool", "renew", "repair", "shut_out", "tidy"]

DEEDS: dict[Deed, tuple[str, ...]] = {
    # archived on its platform, so that nobody joins it or writes in it
    "archive": ("group",),
    # the members that findings list are taken out of the group
    "clear_group": ("group",),
    # gone from all devices of the department
    "remove_tool": ("application",),
    # on the devices listed: a version that is current, supported and without known holes, or gone
    "renew": ("application",),
    # the holes listed are repaired or the part is switched off, and a new scan shows it
    "repair": ("host", "service_endpoint"),
    # the account, or all accounts of the person: deactivated, without a session, in no group
    "shut_out": ("account", "person"),
    # on the device: unapproved tools gone, all others renewed or gone
    "tidy": ("host",),
}
"""Deed -> kinds of things that it is done to."""

SUBJECT = "subject"
"""Instead of a key of the evidence: what fails the check."""
