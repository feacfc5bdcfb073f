"""Was a lesson clear?"""
