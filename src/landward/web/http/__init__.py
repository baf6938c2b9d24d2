"""How a page is reached: sessions, security, templates, routing."""
