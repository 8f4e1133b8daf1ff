"""Named rules on a draft, beside the reader's own findings: code, sentence, severity."""

from documents.rules.drafts import RULES, Concern, concerns

__all__ = ["RULES", "Concern", "concerns"]
