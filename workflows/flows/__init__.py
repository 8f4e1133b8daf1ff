"""The procedures, one module a released version; none is ever changed in meaning or removed."""
