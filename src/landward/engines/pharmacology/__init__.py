"""engines/pharmacology"""
