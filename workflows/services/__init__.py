"""The use cases of the procedure, one verb each; each module is one step's room."""
