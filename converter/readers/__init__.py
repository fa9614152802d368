"""Readers: one module or package a source format. Each knows the model and no writer."""
