"""The one place where the parts of the program are built and joined, from the settings, each when first needed."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.library.library import Library
from assistant.library.models import Progress
from assistant.reports import ReportType, get_report_type, load_report_types, load_topics, read_inputs, read_mapping
from assistant.settings import Settings
from assistant.vietnamese.text import legible

if TYPE_CHECKING:
    from assistant.ask import Answer
    from assistant.check.model import CheckResult
    from assistant.conversation import Conversation
    from assistant.draft.model import Draft
    from assistant.legal import Registry
    from assistant.library.ingest import IngestResult
    from assistant.library.models import SourceDocument
    from assistant.library.retrieval import Filters, Retriever
    from assistant.reports import Inputs, Topic


class Application:
    """The parts of the program for one data directory; safe to use from several threads.

    Nothing heavy is imported before the part that needs it is used.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._lock = threading.RLock()
        self._registry: tuple[int, Registry] | None = None

    # parts

    @cached_property
    def library(self) -> Library:
        """The passages, documents and vectors of the data directory."""
        return Library(self.settings)

    @property
    def registry(self) -> "Registry":
        """The documents that ship and those that the library has read, as of now."""
        from assistant.legal import Registry

        generation = self.library.generation()
        with self._lock:
            if self._registry is None or self._registry[0] != generation:
                self._registry = generation, Registry.load(self.library.registry_entries())
            return self._registry[1]

    @property
    def topics(self) -> "Mapping[str, Topic]":
        return load_topics()

    @property
    def report_types(self) -> Mapping[str, ReportType]:
        """The report types that ship and the office's own, by id."""
        return load_report_types(self.settings.user_reports_dir)

    def report_type(self, report_type_id: str) -> ReportType:
        """One report type.

        Raises:
            UnknownNameError: there is none; names the nearest.
        """
        return get_report_type(report_type_id, self.settings.user_reports_dir)

    @cached_property
    def retriever(self) -> "Retriever":
        """Search over the library."""
        from assistant.legal import Registry
        from assistant.library.retrieval import Retriever

        # status and other names are known of the documents that ship; the library's own have none
        return Retriever(self.library, self.library.lexical_dir, self.library.embedder, Registry.load())

    @cached_property
    def conversation(self) -> "Conversation":
        """Reads a message and calls the job that it is for."""
        from assistant.ask.asker import Asker
        from assistant.ask.chat import chat_wording
        from assistant.ask.plan_facts import plan_facts
        from assistant.ask.shelf import LibraryShelf
        from assistant.conversation import Conversation

        asker = Asker(
            registry=lambda: self.registry,
            report_types=lambda: self.report_types,
            shelf=LibraryShelf(self.library, self.retriever),
            facts=plan_facts,
            wording=chat_wording(self.settings),
        )
        return Conversation(asker, draft=self._draft_json, check=self._check_json)

    # jobs

    def ask(
        self,
        question: str,
        *,
        turns: Sequence[Mapping[str, Any]] = (),
        report_type: str | None = None,
        kinds: Sequence[str] | None = None,
        on_text: Callable[[str], None] | None = None,
        inputs: Mapping[str, Any] | None = None,
    ) -> "Answer":
        """Answer a message of a conversation.

        Args:
            turns: what was said before, oldest first: {"question", "answer": the JSON of an answer}.
            kinds: kinds of documents to answer from; None for all.
            on_text: called with pieces of the text as they are ready.
            inputs: an attached inputs file, for a message that asks for a draft.
        """
        from assistant.follow_up import Turn

        with self._lock:
            conversation = self.conversation
        said = [Turn(str(turn["question"]), turn["answer"]) for turn in turns if turn.get("answer")]
        return conversation.reply(
            legible(question), turns=said, report_type=report_type, kinds=kinds, on_text=on_text, inputs=inputs
        )

    def draft(
        self,
        report_type: str,
        inputs: "Inputs | Mapping[str, Any] | Path",
        *,
        section: str | None = None,
        previous: "Inputs | Mapping[str, Any] | Path | None" = None,
        edits: Mapping[str, str] | None = None,
    ) -> "Draft":
        """Draft a report or one section of it.

        Args:
            inputs, previous: read values, a mapping, or the path of a workbook, YAML or JSON file.
            edits: paragraph key -> text that the officer wrote in its place.
        """
        from assistant.draft import apply_edits, draft_report

        kind = self.report_type(report_type)
        registry = self.registry
        draft = draft_report(
            kind,
            self.topics,
            _read(inputs, kind),
            registry,
            section=section,
            previous=None if previous is None else _read(previous, kind),
        )
        return apply_edits(draft, edits, registry) if edits else draft

    def read(self, path: Path, progress: Progress | None = None) -> "SourceDocument":
        """Read a file to be checked, within the upload limit."""
        from assistant.check.service import read_report

        return read_report(path, self.settings, progress)

    def check(
        self,
        source: "str | Path | SourceDocument",
        *,
        report_type: str | None = None,
        report_date: date | None = None,
        previous: Path | None = None,
        accepted: Sequence[str] = (),
        progress: Progress | None = None,
    ) -> "CheckResult":
        """Check a report: a file, a document already read, or a pasted text."""
        from assistant.check.checker import check_document

        return check_document(
            self._source(source, progress),
            registry=self.registry,
            report_types=self.report_types,
            topics=self.topics,
            report_type=report_type,
            report_date=report_date,
            previous=self.read(previous) if previous else None,
            accepted=accepted,
            progress=progress,
        )

    def annotate(
        self,
        source: "str | Path",
        target: Path,
        *,
        report_type: str | None = None,
        report_date: date | None = None,
        previous: Path | None = None,
        without: Sequence[str] = (),
    ) -> None:
        """Write a copy of a report with a Word comment at each finding that is not in `without`."""
        from assistant.check.annotate import annotate

        document = self._source(source, None)
        result = self.check(
            document, report_type=report_type, report_date=report_date, previous=previous, accepted=without
        )
        annotate(document, result, target, original=source if isinstance(source, Path) else None)

    def search(self, query: str, k: int = 10, filters: "Filters | None" = None) -> dict[str, Any]:
        """Passages for a query, as `search --json` prints them."""
        from assistant.library.hits import hit_json

        retriever = self.retriever  # loading it is not counted
        started = time.perf_counter()
        hits = retriever.search(legible(query), k, filters)
        results = [hit_json(rank, hit) for rank, hit in enumerate(hits, start=1)]
        return {
            "query": query,
            "results": results,
            "milliseconds": round(1000 * (time.perf_counter() - started), 1),
        }

    def ingest(
        self,
        paths: Sequence[Path],
        *,
        kind: str | None = None,
        unit: str | None = None,
        progress: Progress | None = None,
    ) -> "IngestResult":
        """Read files and folders into the library."""
        return self.library.ingest(paths, kind=kind, unit=unit, progress=progress)

    def documents(self) -> list[dict[str, Any]]:
        """The documents of the library as `ingest.py --list --json` prints them."""
        from assistant.library.ingest import document_json

        return [{"path": record.path, **document_json(record)} for record in self.library.documents()]

    def try_chat_model(self) -> str:
        """One sentence on whether the configured chat model answers."""
        from assistant.ask.chat import try_chat_model

        return try_chat_model(self.settings)

    # what the conversation calls

    def _draft_json(self, report_type: str, inputs: Mapping[str, Any], section: str) -> Mapping[str, Any]:
        from assistant.draft import draft_json

        return draft_json(self.draft(report_type, inputs, section=section))

    def _check_json(self, text: str) -> Mapping[str, Any]:
        return self.check(text).to_json()

    def _source(self, source: "str | Path | SourceDocument", progress: Progress | None) -> "SourceDocument":
        from assistant.check.service import read_pasted

        if isinstance(source, Path):
            return self.read(source, progress)
        return read_pasted(source) if isinstance(source, str) else source


def _read(inputs: "Inputs | Mapping[str, Any] | Path", report_type: ReportType) -> "Inputs":
    from assistant.reports import Inputs

    if isinstance(inputs, Inputs):
        return inputs
    return read_inputs(inputs, report_type) if isinstance(inputs, Path) else read_mapping(inputs, report_type)
