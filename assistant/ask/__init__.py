"""Ask: a question becomes an answer whose every sentence carries its citation, or a refusal.

How to wire it:
    asker = Asker(lambda: registry, lambda: report_types, LibraryShelf(library, retriever),
                  facts=plan_facts, wording=chat_wording(settings))   # wording None without TLBC_CHAT_MODEL
    answer = asker.ask(question, report_type=None, on_text=None)      # Answer: .text, .refused, .to_json()
The command line and the page go through `assistant.conversation.Conversation`, which also drafts and checks.
"""

from assistant.ask.asker import Asker
from assistant.ask.models import Answer, Source, Statement

__all__ = ["Answer", "Asker", "Source", "Statement"]
