"""The table of the sites with a map of them below."""

from typing import Any

from PySide6.QtWidgets import QWidget

from app.finance.fields import FieldSpec
from app.views.widgets.field_editors import Suggest
from app.views.widgets.rows_editor import DefaultOf, RowsEditor
from app.views.widgets.site_map import SiteMap


class SitesEditor(RowsEditor):
    """Lines of the table of sites; a map shows them as soon as there is one."""

    def __init__(
        self,
        spec: FieldSpec,
        suggest: Suggest,
        default_of: DefaultOf,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(spec, suggest, default_of, parent)
        self.map = SiteMap()
        self.map.hide()
        self.place_below(self.map)

    def show_value(self, value: Any) -> None:
        """Show lines in the table and on the map."""
        super().show_value(value)
        lines = self.rows()
        self.map.setVisible(bool(lines))
        self.map.show_sites(lines)
