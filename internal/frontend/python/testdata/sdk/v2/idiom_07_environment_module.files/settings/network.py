from . import groups

GROUPS = groups.ALL
