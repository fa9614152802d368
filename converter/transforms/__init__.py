"""Transforms: functions from a book to a book, between reading and writing."""
