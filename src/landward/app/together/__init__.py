"""One diary on several devices, through a host that cannot read it: the device's side.

What is written is sealed and signed here, waits in an outbox until the relay has it, and joins the
diaries of the person's other devices as the vault joins any copy: union by id, erased ids win.
"""
