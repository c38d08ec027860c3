"""The offline answerer: decides what a question is about and composes the answer from what the program holds."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.ask.across import Across
from assistant.ask.aspects import NAME, named_as
from assistant.ask.document_answers import DocumentAnswers
from assistant.ask.guide import Guide, asks_of_program
from assistant.ask.header_answers import asks_header
from assistant.ask.legal_answers import Fact, LegalAnswers, LegalMatch
from assistant.ask.meanings import Meanings
from assistant.ask.models import Answer, Route, Source, Statement
from assistant.ask.parts import asking_sentence
from assistant.ask.past import Looked, PastReports, Unit
from assistant.ask.past_wording import short_title
from assistant.ask.practice import Practice
from assistant.ask.provisions import article, missing_article, records_of
from assistant.ask.question import Question, Reader
from assistant.ask.refusal import asks_for_text, out_of_scope, refuse
from assistant.ask.routing import (
    SECTION_NAMED,
    Routing,
    Thresholds,
    asks_for_types,
    asks_meaning,
    greets,
    speaks_of_section,
    thanks,
)
from assistant.ask.section_answers import shown_heading
from assistant.ask.section_questions import SectionQuestions
from assistant.ask.sections import SectionMatch
from assistant.ask.shelf import BuiltinQuotes, Shelf, quote_source
from assistant.legal import Registry
from assistant.library.models import DocumentRecord
from assistant.reports import ReportType

# how an officer asks what the first mention of a document must have
_CITING = "viện dẫn lần đầu ghi thế nào cho đúng"
_REPORT_ON = (
    r"bao cao (?:(?:ve|thuc|hien|ket|qua|tinh|hinh|trien|khai|viec|n|\d+|thang|quy|nam|dau|cuoi|dinh|ky|xa) )*"
    rf"{NAME}\b"
)
# fewer words than these say nothing: a heading, an entry of a list
_LEAST_SAID = 8


class OfflineAnswerer:
    """Answers from the program's knowledge and one state of the library.

    A new one is made when the library's generation has moved; it holds no state of any conversation, so that
    several threads may use it.
    """

    def __init__(
        self,
        registry: Registry,
        report_types: Mapping[str, ReportType],
        shelf: Shelf,
        facts: Sequence[Fact] = (),
        thresholds: Thresholds | None = None,
    ) -> None:
        self.shelf = shelf
        self.report_types = report_types
        self.thresholds = thresholds or Thresholds()
        self._routing = Routing(self.thresholds)
        self.legal = LegalAnswers(registry, facts)
        self.past = PastReports(shelf)
        self.records: dict[str, DocumentRecord] = {record.id: record for record in shelf.documents()}
        self.across = Across(self.past, shelf, self.records.values())
        self.documents = DocumentAnswers(self.legal, shelf, self.records)
        self.guide = Guide(shelf)
        quotes = BuiltinQuotes(shelf)
        self.practice = Practice(registry, quotes)
        self.meanings = Meanings(self.practice, shelf, self.records, self.documents)
        self.reports = SectionQuestions(report_types, quotes, self.past, self.practice, self._routing)
        known = (self.reports.finder, self.legal, self.past, self.practice)
        self.reader = Reader([text for part in known for text in part.texts()], self.guide.texts())

    def read(self, message: str) -> Question:
        """The question in a message."""
        return self.reader.read(message)

    def answer(self, message: str, report_type: str | None = None, kinds: Sequence[str] | None = None) -> Answer:
        """The answer to a message on its own.

        Args:
            message: as typed.
            report_type: id of the report type chosen beside the question, if any.
            kinds: kinds of documents to answer from; None for all.
        """
        started = time.perf_counter()
        question = self.read(message)
        answer = self._told(message, question, report_type)
        if kinds and any(source.kind not in kinds for source in answer.sources):
            answer = self.documents.anywhere(question, "other", kinds) or refuse(
                question, "other", ["các văn bản đã chọn"]
            )
        return replace(answer, question=message, milliseconds=(time.perf_counter() - started) * 1000)

    def _told(self, message: str, question: Question, report_type: str | None) -> Answer:
        """The answer to a message; to the sentence that asks, of one that tells a story first, where that sentence
        names the document asked about, or where the whole finds nothing."""
        asked = None if out_of_scope(question) else asking_sentence(message)
        if asked is None:
            return self._answer(question, report_type)
        alone = self.read(asked)
        named = [[document.symbol for document in self.legal.named(each)] for each in (alone, question)]
        units = [[unit.name for unit in self.past.units_of(each)] for each in (alone, question)]
        whole = bool(named[0]) and named[0] == named[1] and units[0] == units[1]
        first, second = (alone, question) if whole else (question, alone)
        answer = self._answer(first, report_type)
        if answer.refused:
            other = self._answer(second, report_type)
            answer = answer if other.refused else other
        return answer

    def _answer(self, question: Question, report_type: str | None) -> Answer:
        # the syllables of a name are no words: "Lũng Sang tên gì" has no "sang tên"
        reason = out_of_scope(self.past.without_units(question))
        if reason:
            return refuse(question, "other", reason=reason)
        if thanks(question):
            return Answer(question.raw, "other", (Statement("Rất vui được giúp anh/chị; cần gì cứ hỏi tiếp."),))
        if greets(question):
            return self._greeting(question)
        unit = self.past.unit_of(question)
        if unit is None and (unknown := self.past.unknown_unit(question)):
            return refuse(
                question, "past_report", self.past.titles(4),
                add=f"Kho chưa có báo cáo của {unknown}; hãy nạp báo cáo đó rồi hỏi lại.",
            )  # fmt: skip
        left_out = question.has(r"\b(?:khong|chua|thieu|quen) (?:ghi|neu|viet|co)\b")
        if (
            left_out
            and question.references
            and not self.reports.on_section(question)
            and (said := self._rule_of_citing(question))
        ):
            return Answer(question.raw, "how_to", said)
        cites = self.legal.is_verification(question) and not self.documents.claims(question)
        cites = cites and not self._names_report(question)
        if cites and not question.has(r"^.{0,12}\b(?:muc|phan)\b"):
            statements = self.legal.verify(question)
            if statements:
                return Answer(question.raw, "legal_fact", tuple(statements))
        units = self.past.units_of(question)
        if len(units) > 1:
            rest = self._without_documents(question)
            return self._past_answer(question, self.past.compare(rest, units), " và ".join(u.name for u in units))
        if unit is not None and unit.reports:
            own = self._past(question, unit)
            return self._known(question, report_type) if own.refused and self._names_text(question) else own
        if unit is None and not self.legal.named(question) and (told := self.across.answer(question)):
            return told
        unknown = self.legal.unknown_symbol(question)
        if unknown is not None and unit is not None and (found := self._of_library_document(question, unknown)):
            return found
        if unit is not None and not self._routing.names_section(question) and not self._names_text(question):
            found = self._past(question, unit)
            if not found.refused or not self._known_better(question):
                return found
        return self._known(question, report_type)

    def _of_library_document(self, question: Question, symbol: str) -> Answer | None:
        """For a document that the registry does not have: what the library quotes of it, or a refusal."""
        records = [r for r in self.records.values() if (r.identity.symbol or "").lower() == symbol.lower()]
        if records:
            return self.documents.anywhere(question, "legal_fact")
        if speaks_of_section(question):
            return None
        return refuse(
            question,
            "legal_fact",
            ["danh mục văn bản", "các văn bản đã nạp"],
            add=f"Danh mục chưa có văn bản số {symbol}; hãy kiểm tra lại ký hiệu hoặc nạp văn bản đó rồi hỏi lại.",
        )

    def _without_documents(self, question: Question) -> Question:
        """The question without the names of the office's own documents: each is already meant by its unit."""
        for document in self.legal.named(question):
            if document.level == "ingested":
                question = named_as(question, document)
        return question

    def _names_text(self, question: Question) -> bool:
        """Whether a document is named whose text is in the library."""
        return bool(records_of(self.records, self.legal.named(question)))

    def _asks_text(self, question: Question, legal: LegalMatch) -> bool:
        """Whether a report is named beside a document only as what the document speaks of: "theo Kế hoạch 73 xã gửi
        báo cáo quý ngày nào"; not where the document gives the report its name."""
        if legal.document is None or not self._names_text(question) or self._routing.names_section(question):
            return False
        return not named_as(question, legal.document).has(rf"bao cao (?:[a-z]+ ){{0,4}}{NAME}\b")

    def _known_better(self, question: Question) -> bool:
        """Whether the registry speaks of a province's matter at least as clearly as its plans may."""
        legal = self.legal.match(question)
        return self._routing.legal_fits(legal)

    def more_sources(self, answer: Answer, n: int = 4) -> list[Source]:
        """Further passages near the question, for a chat model that words the answer.

        Only where the answer was quoted from passages found by words: beside the facts of one document or one
        commune, those of another would invite mixing.
        """
        if answer.route not in ("other", "definition", "how_to"):
            return []
        found = []
        for hit in self.shelf.search(answer.question, n, None):
            record = self.records.get(hit.passage.document_id)
            if record is not None:
                found.append(quote_source(record, hit.passage, 0, len(hit.passage.text)))
        return found

    # -- what the program knows ----------------------------------------------------------------------------------

    def _known(self, question: Question, report_type: str | None) -> Answer:
        unknown = self.legal.unknown_symbol(question)
        if unknown is not None and (found := self._of_library_document(question, unknown)):
            return found
        if asks_for_types(question):
            return self.reports.kinds(question)
        kind, about = self.reports.names.read(question, report_type)
        matches = self.reports.finder.find(about, kind)
        legal = self.legal.match(question)
        if legal is not None and kind is not None and self._names_report(question):
            legal = None
        if legal is not None and legal.named and kind is None and self.documents.only_aspects(question):
            return self._legal(question, legal)
        of_section = self._routing.names_section(question)
        headed = kind is not None and self._routing.of_report_section(question, matches)
        if (not headed or asks_of_program(question)) and (steps := self.guide.answer(question)):
            return Answer(question.raw, "how_to", steps)
        if (not headed or legal is not None) and (found := self._from_text(question)):
            return found
        if asks_for_text(question) and not (matches and self._routing.section_fits(question, matches[0], kind)):
            return refuse(question, "draft_section", reason="other_field")
        if legal is not None and legal.named and (said := self._rule_of(question, legal)):
            return Answer(question.raw, "legal_fact", said)
        if legal is not None and legal.named and (kind is None or self._asks_text(question, legal)):
            found = self._legal(question, legal)
            if not found.refused or (kind is None and self._names_text(question) and not of_section):
                return found
        if found := self._of_reports(question, about, kind, matches):
            return found
        strictly = headed or self._routing.asks_section(question, matches)
        if said := self.practice.rule(question, of_section=strictly):
            return Answer(question.raw, "how_to", said)
        if headed and kind is not None and not self._routing.knows_section(matches):
            return self.reports.part(about, kind) or self.reports.unknown(question, about, kind)
        if (headed or self._routing.prefers_section(question, matches, legal, kind)) and (
            found := self.reports.section(question, about, kind)
        ):
            return found
        if legal is not None and legal.fact is None and self._routing.legal_fits(legal):
            return self._legal(question, legal)
        return self._elsewhere(question, matches, legal)

    def _of_reports(
        self, question: Question, about: Question, kind: ReportType | None, matches: Sequence[SectionMatch]
    ) -> Answer | None:
        """A report as a whole, or several of its sections."""
        for asked in (about, question):
            if kind is not None and (
                self._routing.about_outline(asked, kind, matches) or asks_header(asked, self._headed(asked, matches))
            ):
                return self.reports.outline(asked, kind)
        return self.reports.several(question, kind)

    @staticmethod
    def _headed(question: Question, matches: Sequence[SectionMatch]) -> bool:
        """Whether a section is named by its heading."""
        return bool(matches) and matches[0].heading >= 0.8 and question.cues(SECTION_NAMED)

    def _elsewhere(self, question: Question, matches: Sequence[SectionMatch], legal: LegalMatch | None) -> Answer:
        """From the passages of the library; declined where they are silent."""
        route: Route = "definition" if asks_meaning(question) else "other"
        found = self.documents.anywhere(question, route)
        if found is not None:
            return found
        if legal is not None and legal.named:
            return self._legal(question, legal)
        if implied := self.past.implied(question):
            looked = self._past(question, implied)
            if not looked.refused:
                return looked
        return self._decline(question, route, matches, legal)

    def _names_report(self, question: Question) -> bool:
        """Whether the one document named only gives a report its name: "báo cáo NQ 57"."""
        documents = self.legal.named(question)
        if len(documents) != 1 or len(question.references) > 1:
            return False
        return named_as(question, documents[0]).has(_REPORT_ON)

    def _rule_of(self, question: Question, legal: LegalMatch) -> tuple[Statement, ...]:
        """What a rule says that rests on the document named; () where none does."""
        assert legal.document is not None
        said = self.practice.rule(named_as(question, legal.document), closely=self._names_text(question))
        return said if said and legal.document.symbol in said[0].text else ()

    def _rule_of_citing(self, question: Question) -> tuple[Statement, ...]:
        """The rule on what a citation must have, for a message that leaves something out of one."""
        return self.practice.rule(self.read(_CITING)) if question.has(r"\bsai\b|phai co|du chua|the nao") else ()

    def _legal(self, question: Question, match: LegalMatch) -> Answer:
        if match.named and match.document is not None:
            return self.documents.named(question, match)
        route, statements = self.legal.answer(question, match)
        return Answer(question.raw, route, tuple(statements))

    # -- the library ---------------------------------------------------------------------------------------------

    def _past(self, question: Question, unit: Unit) -> Answer:
        rest = self._without_documents(question) if unit.reports else question
        found = self._past_answer(question, self.past.look(rest, unit), unit.name)
        other = self.past.unknown_unit(question) if question.compares else None
        if other is None or found.refused:
            return found
        lacking = Statement(f"Kho chưa có báo cáo của {other} để so sánh; hãy nạp báo cáo đó rồi hỏi lại.")
        return replace(found, statements=(*found.statements, lacking))

    @staticmethod
    def _past_answer(question: Question, looked: Looked, name: str) -> Answer:
        if looked.statements:
            statements = list(looked.statements)
            if looked.missing:
                statements.append(Statement("Báo cáo không nêu số liệu cho phần còn lại của câu hỏi."))
            return Answer(question.raw, "past_report", tuple(statements))
        return refuse(
            question,
            "past_report",
            [short_title(record) for record in looked.records],
            near=looked.near,
            add=f"Báo cáo của {name} trong kho không nêu nội dung này; hãy nạp báo cáo khác có số liệu đó.",
        )

    def _from_text(self, question: Question) -> Answer | None:
        """What the library's own text says of a named provision or defines."""
        documents = self.legal.named(question)
        named = records_of(self.records, documents)
        if clauses := article(question, self.shelf, named):
            return Answer(question.raw, "legal_fact", clauses)
        if named and (missing := missing_article(question, self.shelf, named)):
            return refuse(
                question, "legal_fact", [named[0].title], add=f"{named[0].title} trong kho không có {missing}."
            )
        return self.meanings.answer(question, documents, named)

    @staticmethod
    def _greeting(question: Question) -> Answer:
        text = (
            "Chào anh/chị. Tôi trả lời về báo cáo cấp xã, văn bản và báo cáo đã nạp, soạn từng mục từ số liệu và "
            "kiểm tra dự thảo; hãy hỏi, ví dụ: «Mục dịch vụ công trực tuyến của báo cáo quý cần số liệu gì?»."
        )
        return Answer(question.raw, "other", (Statement(text),))

    def _decline(
        self, question: Question, route: Route, matches: Sequence[SectionMatch], legal: LegalMatch | None
    ) -> Answer:
        near = None
        if matches and matches[0].coverage >= 0.3:
            kind = matches[0].report_type
            near = f"mục «{shown_heading(kind, matches[0].section)}» của {kind.short_name}"
        elif legal is not None and legal.document is not None and legal.coverage >= 0.3:
            near = f"{legal.document.type} số {legal.document.symbol}"
        return refuse(
            question,
            route,
            ["đề cương các loại báo cáo", "danh mục văn bản", "các văn bản và báo cáo đã nạp"],
            near=near,
        )
