"""Report types, topics, fields, inputs and the relations between figures: the vocabulary that all three jobs read."""

from assistant.reports.changes import Change, changes
from assistant.reports.derive import Derived, conflicts, derive
from assistant.reports.fields import Column, Field
from assistant.reports.indicators import (
    IndicatorGroup,
    IndicatorSet,
    PlanFact,
    load_general_facts,
    load_indicator_sets,
    load_plan_facts,
)
from assistant.reports.inputs import HEADER, Inputs, missing_fields, read_inputs, read_mapping, section_uses
from assistant.reports.numbering import label, numbers
from assistant.reports.problems import Problem
from assistant.reports.proposals import Proposal, propose_values
from assistant.reports.relations import check_relations
from assistant.reports.topics import Basis, Mistake, Requirement, TableSpec, Target, Topic, load_topics
from assistant.reports.types import (
    ReportType,
    Section,
    Signature,
    TopicUse,
    get_report_type,
    load_report_types,
    section_fields,
)

__all__ = [
    "HEADER",
    "Basis",
    "Change",
    "Column",
    "Derived",
    "Field",
    "IndicatorGroup",
    "IndicatorSet",
    "Inputs",
    "Mistake",
    "PlanFact",
    "Problem",
    "Proposal",
    "ReportType",
    "Requirement",
    "Section",
    "Signature",
    "TableSpec",
    "Target",
    "Topic",
    "TopicUse",
    "changes",
    "check_relations",
    "conflicts",
    "derive",
    "get_report_type",
    "label",
    "load_general_facts",
    "load_indicator_sets",
    "load_plan_facts",
    "load_report_types",
    "load_topics",
    "missing_fields",
    "numbers",
    "propose_values",
    "read_inputs",
    "read_mapping",
    "section_fields",
    "section_uses",
]
