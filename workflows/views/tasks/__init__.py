"""The pages of the procedure, one module a step: what is shown, who may, which form does what."""
