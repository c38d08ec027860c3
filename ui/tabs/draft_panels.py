"""The HTML of the drafting tab's panels; of the outline and the form see draft_view."""

from markupsafe import Markup

from ui.jobs import Progress
from ui.office import Office
from ui.render.html import render
from ui.store.drafts import DraftFile
from ui.tabs.draft_files import DraftFiles
from ui.tabs.draft_rewrite import DraftRewrite
from ui.tabs.draft_view import signals_json
from ui.workspace import Desk


class DraftPanels:
    """What the panels show; the tab builds on it."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.files = DraftFiles(office)
        self.rewrite = DraftRewrite(office)

    def bar_html(self, desk: Desk, draft: DraftFile | None, extra: str = "") -> str:
        return render("draft_bar.html.j2", draft=draft, drafts=desk.drafts.all(), extra=Markup(extra))

    def choose_html(self, desk: Desk, draft: DraftFile | None) -> str:
        profile, drafts = desk.profile.get(), desk.drafts.all()
        return render(
            "draft_choose.html.j2",
            types=list(self.office.report_types().values()),
            drafts=drafts,
            same=[d for d in drafts if draft and d.report_type == draft.report_type and d.id != draft.id],
            read=self.files.proposals(desk, draft) if draft else {"rows": []},
            current=draft.id if draft else "",
            chosen=profile.last.get("report_type", ""),
            period=profile.last.get("period", ""),
            unit=profile.unit,
            unit_label=profile.unit_label,
        )

    def side_html(self, draft: DraftFile, section: str) -> str:
        return render("draft_side.html.j2", html=Markup(self.office.section_html(draft, section)))

    def signals_html(self, draft: DraftFile, section: str) -> str:
        problems = self.office.state_of(draft).problems
        return render("draft_signals.html.j2", signals=signals_json(section, problems, []))

    def paper_html(self, desk: Desk, draft: DraftFile, extra: str = "", progress: Progress | None = None) -> str:
        view = self.office.draft_view(draft)
        return render(
            "draft_paper.html.j2",
            draft=draft,
            view=view,
            html=Markup(view.html),
            rewrite=None if progress else self.rewrite.view(desk, draft),
            progress=progress,
            can_rewrite=self.rewrite.possible,
            extra=Markup(extra),
        )
