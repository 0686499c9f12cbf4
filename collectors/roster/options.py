"""What stands under a source of the type `roster`."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

TableName = Literal["people", "departments", "heads"]

TABLES: tuple[TableName, ...] = ("people", "departments", "heads")


class RosterOptions(BaseModel):
    """Where HR's tables are, and how they are written."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    folder: Path = Field(default=Path(), description="folder of the files, from company.yaml on")
    people: str = Field(default="people.csv", description="file of the people; of a workbook file.xlsx#sheet")
    department_table: str = Field(default="departments.csv", description="file of the departments")
    heads: str = Field(default="heads.csv", description="file of the heads of departments")
    side_file: str | None = Field(
        default=None, description="YAML or JSON with as_of and totals, where the tables do not state them"
    )
    encoding: Literal["utf-8", "utf-8-sig", "gb18030", "gbk", "big5"] | None = Field(
        default=None, description="CSV: how the files are encoded; none: UTF-8, else GB18030"
    )
    max_age_days: int = Field(default=35, ge=0, le=400, description="a roster older than this is stale")
    employee_no_width: int | None = Field(
        default=None,
        ge=1,
        le=40,
        description="digits of an employee number: a spreadsheet loses leading zeros",
    )
    columns: dict[str, str] = Field(
        default={}, description="column -> what the files call it: employee_no: 員工編號"
    )
    words: dict[str, str] = Field(default={}, description="what the files say -> our word: 在崗: active")

    def place(self, table: TableName) -> tuple[str, str | None]:
        """File and sheet of a table; none: the sheet that is called like the table, or the only one."""
        stated = {"people": self.people, "departments": self.department_table, "heads": self.heads}[table]
        file, _, sheet = stated.partition("#")
        return file, sheet or None
