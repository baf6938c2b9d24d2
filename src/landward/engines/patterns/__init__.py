"""engines/patterns"""
