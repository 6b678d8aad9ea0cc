"""The write road on a page each: load -> fold -> decide -> append -> outcome."""
