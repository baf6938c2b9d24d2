"""engines/safety"""
