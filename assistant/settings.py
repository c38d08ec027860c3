"""Settings of the program: environment variables `TLBC_*` or a `.env` file in the working directory."""

from functools import cached_property
from pathlib import Path

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingsError


def _default_data_dir() -> Path:
    return Path(platformdirs.user_data_dir("tro-ly-bao-cao", appauthor=False))


class Settings(BaseSettings):
    """All that an operator can set; every field has a default that works offline."""

    # Notepad puts a byte order mark before what it saves as UTF-8
    model_config = SettingsConfigDict(
        env_prefix="TLBC_", env_file=".env", env_file_encoding="utf-8-sig", extra="ignore", env_ignore_empty=True
    )

    data_dir: Path = Field(
        default_factory=_default_data_dir, description="Thư mục dữ liệu của chương trình trên máy này"
    )
    chat_model: str = Field(
        default="", description="Mô hình hội thoại dạng nhà_cung_cấp:tên_mô_hình; để trống là chạy ngoại tuyến"
    )
    chat_base_url: str = Field(default="", description="Địa chỉ máy chủ của mô hình hội thoại")
    chat_api_key: SecretStr = Field(default=SecretStr(""), description="Khóa truy cập mô hình hội thoại")
    embedding_model: str = Field(
        default="", description="Mô hình nhúng của sentence-transformers; để trống là dùng mô hình kèm theo"
    )
    chroma_url: str = Field(default="", description="Địa chỉ máy chủ Chroma; để trống là lưu ngay trên máy")
    users_file: Path | None = Field(default=None, description="Tệp người dùng, bắt buộc khi mở ra ngoài máy này")
    max_upload_mb: int = Field(default=25, gt=0, description="Dung lượng tối đa của một tệp, tính bằng MB")

    @field_validator("data_dir", "users_file")
    @classmethod
    def _expand_home(cls, value: Path | None) -> Path | None:
        return value.expanduser() if value is not None else None

    @cached_property
    def library_dir(self) -> Path:
        return self.data_dir / "library"

    @cached_property
    def user_reports_dir(self) -> Path:
        """Where the user's own report types live."""
        return self.data_dir / "reports"


def load_settings(data_dir: Path | None = None) -> Settings:
    """Read the settings; `data_dir` overrides the one of the environment.

    Raises:
        SettingsError: a variable has a value that cannot be used; names it. Or `.env` cannot be read.
    """
    try:
        return Settings() if data_dir is None else Settings(data_dir=data_dir)
    except ValidationError as error:
        names = ", ".join(f"TLBC_{str(e['loc'][0]).upper()}" for e in error.errors() if e["loc"])
        raise SettingsError(f"Giá trị của {names} không dùng được, hãy sửa trong môi trường hoặc tệp .env.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError("Không đọc được tệp .env; hãy kiểm tra quyền đọc và lưu lại tệp theo mã UTF-8.") from error
