"""What goes wrong when an act is recorded badly: mistakes of the program, never shown to users."""


class AuditError(Exception):
    """Base of everything the audit refuses."""


class OutsideTransaction(AuditError):
    """An entry was written outside the transaction of the change it tells of."""


class UnknownAction(AuditError):
    """An action was recorded that no app has registered with its sentence."""


class UnfitEntry(AuditError, ValueError):
    """An entry holds what the format does not allow, or lacks what its sentence needs."""
