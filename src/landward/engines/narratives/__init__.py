"""engines/narratives"""
