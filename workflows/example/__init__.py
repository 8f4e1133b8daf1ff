"""The worked example: a fictional office whose history is played through the use cases."""
