"""engines/cohort"""
