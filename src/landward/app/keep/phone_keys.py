"""The keys of paired phones, as the home network hands them on."""

from landward.vault.phone_keys import PhoneKey, enrol, forget

__all__ = ["PhoneKey", "enrol", "forget"]
