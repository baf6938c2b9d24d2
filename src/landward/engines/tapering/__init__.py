"""engines/tapering"""
