"""Active Directory, and other directories that speak LDAP.

What is asked (`searches.py` has the table; nothing else can be asked, and nothing of it writes):

    domain                  the directory about itself: software, functional level
    accounts, page 0 …      accounts below the base
    groups, page 0 …        groups below the base
    members, from 1500 …    the rest of a long list of members, which comes in ranges
    account_ids, group_ids  both lists again, keys alone: who came or went meanwhile, and how many there are
"""

from collectors.directory.collector import DirectoryCollector
from collectors.directory.options import DirectoryOptions

__all__ = ["DirectoryCollector", "DirectoryOptions"]
