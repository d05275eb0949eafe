"""Tables of the taxonomies that attributes refer to, in the names of HSDS 3.0."""

from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from resourcedir.db import Base, Id


class Taxonomy(Base):
    """A list of terms. HSDS ``taxonomy``."""

    __tablename__ = "taxonomy"

    id: Mapped[Id] = mapped_column(comment="public: HSDS id")
    name: Mapped[str] = mapped_column(unique=True, comment="public: need, population, payer ...")
    description: Mapped[str] = mapped_column(comment="public: what its terms say of a service")
    version: Mapped[str | None] = mapped_column(comment="public: when it was last changed")


class TaxonomyTerm(Base):
    """One term. HSDS ``taxonomy_term``; its Spanish name is ours."""

    __tablename__ = "taxonomy_term"
    __table_args__ = (UniqueConstraint("taxonomy_id", "code"),)

    id: Mapped[Id] = mapped_column(comment="public: HSDS id")
    taxonomy_id: Mapped[UUID] = mapped_column(
        ForeignKey("taxonomy.id"), comment="public: the list it belongs to"
    )
    parent_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("taxonomy_term.id"), index=True, comment="public: the wider term"
    )
    code: Mapped[str] = mapped_column(comment="public: its code in terms.csv or vocabulary.csv")
    name: Mapped[str] = mapped_column(comment="public: English name")
    name_es: Mapped[str] = mapped_column(comment="public: Spanish name")
    description: Mapped[str] = mapped_column(comment="public: everyday synonyms")
