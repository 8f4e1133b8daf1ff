"""The diagram of a procedure, drawn from its class: BPMN 2.0 to exchange, SVG to look at.

`reading` turns a flow class into elements, `layout` gives each a place, `interchange` writes
them as BPMN 2.0 and `picture` as the lines and boxes of an SVG. Nothing here reads the database
or the clock, and no list is kept by hand: what a flow has, its diagram shows.
"""

from workflows.bpmn.interchange import bpmn
from workflows.bpmn.layout import Drawn, drawn
from workflows.bpmn.model import Diagram
from workflows.bpmn.picture import Note, Picture, picture
from workflows.bpmn.procedures import procedure, procedures
from workflows.bpmn.reading import read
from workflows.bpmn.telling import Line, told

__all__ = [
    "Diagram",
    "Drawn",
    "Line",
    "Note",
    "Picture",
    "bpmn",
    "drawn",
    "picture",
    "procedure",
    "procedures",
    "read",
    "told",
]
