"""How a paper and its facts look: HTML sheets now, other renditions beside them later."""
