"""What begins a search for a client."""

from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import StringField

from resourcedir.errors import NotFound
from resourcedir.taxonomy.terms import taxonomy


class StartForm(FlaskForm):
    """Hidden fields of the buttons on a client's page; nobody types them."""

    client_id = StringField()
    need = StringField()

    def chosen_client(self) -> UUID:
        """:raises NotFound: if what was sent is no id."""
        try:
            return UUID(self.client_id.data or "")
        except ValueError:
            raise NotFound from None

    def chosen_need(self) -> str:
        """Return a term's code, or "" for a search without one."""
        code = self.need.data or ""
        return code if code in taxonomy() else ""
