"""Adds a member to PEFT's enum of adapter types, which is closed but consulted wherever adapters are made or loaded."""

from peft.utils.peft_types import PeftType


def add_peft_type(name: str) -> None:
    """Make `PeftType.<name>` exist, as if it had been written there."""
    if name in PeftType.__members__:
        return
    member = str.__new__(PeftType, name)
    member._name_ = member._value_ = name
    member._sort_order_ = len(PeftType.__members__)
    setattr(PeftType, name, member)  # first: an enum refuses to set what it knows as a member
    PeftType._member_names_.append(name)
    PeftType._member_map_[name] = member
    PeftType._value2member_map_[name] = member
