"""What the page remembers of a user: the unit they write for, last choices."""

from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from ui.store.folder import read_json, write_json

UNIT_FIELDS = {
    "commune_kind": "Cấp đơn vị",
    "commune_name": "Tên xã, phường, đặc khu",
    "province": "Tỉnh, thành phố",
    "org_name": "Cơ quan ban hành",
    "report_place": "Địa danh ghi trên báo cáo",
    "village_kind": "Gọi là thôn, ấp, khu phố…",
    "signatory_capacity": "Quyền hạn ký",
    "signatory_title": "Chức vụ người ký",
    "signatory_name": "Họ tên người ký",
}


@dataclass(frozen=True, slots=True)
class Profile:
    """Attributes: unit by field name of the header; last are remembered choices."""

    unit: dict[str, str] = field(default_factory=dict)
    last: dict[str, str] = field(default_factory=dict)

    @property
    def unit_label(self) -> str:
        """ "Xã Mẫu, tỉnh Ví Dụ", or an empty string before the unit is known."""
        name = self.unit.get("commune_name", "")
        if not name:
            return ""
        kind, province = self.unit.get("commune_kind", "xã"), self.unit.get("province", "")
        label = f"{kind} {name}".strip()
        return label[:1].upper() + label[1:] + (f", {province}" if province else "")


class ProfileStore:
    """The profile of one user, resting on the office's where they set none."""

    def __init__(self, folder: Path, office: Path) -> None:
        self.path = folder / "profile.json"
        self.office_path = office / "unit.json"

    def get(self) -> Profile:
        data: Any = read_json(self.path) or {}
        known = {key: value for key, value in data.items() if key in Profile.__dataclass_fields__}
        profile = Profile(**known)
        if not profile.unit:
            profile = replace(profile, unit=read_json(self.office_path) or {})
        return profile

    def set_unit(self, unit: dict[str, str], *, for_office: bool) -> Profile:
        clean = {key: value.strip() for key, value in unit.items() if key in UNIT_FIELDS and value.strip()}
        if for_office:
            write_json(self.office_path, clean)
        return self._save(replace(self.get(), unit=clean))

    def remember(self, **last: str) -> Profile:
        profile = self.get()
        return self._save(replace(profile, last={**profile.last, **last}))

    def _save(self, profile: Profile) -> Profile:
        write_json(self.path, asdict(profile))
        return profile
