"""the match: facts, zones and conditions of a client; track records; rules on warrants

Revision ID: the_match
Revises: the_loop
"""

import sqlalchemy as sa
from alembic import op

revision = "the_match"
down_revision = "the_loop"
branch_labels = None
depends_on = None

FIRST_KINDS = (
    "gender population offense residency document medication sobriety_days referral_source pets"
    " children"
).split()


def allow(kinds: list[str]) -> None:
    """Let rules be of these kinds and no others."""
    check = op.f("ck_eligibility_rule_rulekind")
    values = ", ".join(f"'{each}'" for each in kinds)
    with op.batch_alter_table("eligibility_rule", schema=None) as batch_op:
        batch_op.drop_constraint(check, type_="check")
        batch_op.create_check_constraint(check, f"kind IN ({values})")


def upgrade() -> None:
    op.create_table(
        "client_condition",
        sa.Column("id", sa.Uuid(), nullable=False, comment="internal: ours"),
        sa.Column("client_id", sa.Uuid(), nullable=False, comment="internal: of whom"),
        sa.Column(
            "text_sealed", sa.LargeBinary(), nullable=True, comment="personal: as ordered, sealed"
        ),
        sa.Column("ordered_on", sa.Date(), nullable=True, comment="personal: day of the order"),
        sa.Column("due_on", sa.Date(), nullable=True, comment="personal: by when it must be met"),
        sa.Column(
            "term_code",
            sa.String(),
            nullable=True,
            comment="personal: term of terms.csv that meets it; NULL: no place does",
        ),
        sa.Column("met_on", sa.Date(), nullable=True, comment="personal: when it was met"),
        sa.Column(
            "ended_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="personal: lifted, or entered in error, UTC",
        ),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), nullable=False, comment="internal: UTC"
        ),
        sa.Column("recorded_by", sa.Uuid(), nullable=False, comment="internal: who wrote it down"),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_client_condition_client_id_client")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["user_account.id"],
            name=op.f("fk_client_condition_recorded_by_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_condition")),
    )
    with op.batch_alter_table("client_condition", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_client_condition_client_id"), ["client_id"], unique=False
        )

    op.create_table(
        "client_fact",
        sa.Column("id", sa.Uuid(), nullable=False, comment="internal: ours"),
        sa.Column("client_id", sa.Uuid(), nullable=False, comment="internal: of whom"),
        sa.Column(
            "kind",
            sa.Enum(
                "birth",
                "gender",
                "veteran",
                "pregnant",
                "dependents",
                "pets",
                "access",
                "payers",
                "income",
                "documents",
                "offenses",
                "warrant",
                "medications",
                "sobriety",
                "transport",
                "farthest",
                "county",
                "stay_within",
                "starts_on",
                "ends_on",
                "release_on",
                name="fact",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
            comment="personal: what is known",
        ),
        sa.Column(
            "value_sealed",
            sa.LargeBinary(),
            nullable=True,
            comment="personal: as clients.fact_values writes it, sealed",
        ),
        sa.Column(
            "source",
            sa.Enum(
                "client",
                "officer",
                "court",
                "document",
                "assessment",
                name="factsource",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
            comment="personal: who says so",
        ),
        sa.Column("told_on", sa.Date(), nullable=False, comment="personal: of which day it is"),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), nullable=False, comment="internal: UTC"
        ),
        sa.Column("recorded_by", sa.Uuid(), nullable=False, comment="internal: who wrote it down"),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_client_fact_client_id_client")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["user_account.id"],
            name=op.f("fk_client_fact_recorded_by_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_fact")),
        sa.UniqueConstraint("client_id", "kind", name=op.f("uq_client_fact_client_id_kind")),
    )
    with op.batch_alter_table("client_fact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_client_fact_client_id"), ["client_id"], unique=False)

    op.create_table(
        "client_zone",
        sa.Column("id", sa.Uuid(), nullable=False, comment="internal: ours"),
        sa.Column("client_id", sa.Uuid(), nullable=False, comment="internal: who keeps away"),
        sa.Column(
            "number",
            sa.Integer(),
            nullable=False,
            comment="personal: how pages call it without naming anybody; never used again",
        ),
        sa.Column(
            "label_sealed", sa.LargeBinary(), nullable=True, comment="personal: what it is, sealed"
        ),
        sa.Column(
            "address_sealed",
            sa.LargeBinary(),
            nullable=True,
            comment="personal: where it is in words, sealed; may be a victim's",
        ),
        sa.Column(
            "point_sealed",
            sa.LargeBinary(),
            nullable=True,
            comment="personal: latitude and longitude in degrees, sealed; NULL: not known",
        ),
        sa.Column(
            "error_m",
            sa.Double(),
            nullable=False,
            comment="personal: how far off the point may be, metres",
        ),
        sa.Column(
            "buffer_m",
            sa.Double(),
            nullable=False,
            comment="personal: how far to stay away, metres",
        ),
        sa.Column(
            "source",
            sa.Enum(
                "client",
                "officer",
                "court",
                "document",
                "assessment",
                name="factsource",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
            comment="personal: who says so",
        ),
        sa.Column(
            "told_on", sa.Date(), nullable=False, comment="personal: of which day the order is"
        ),
        sa.Column(
            "ended_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="personal: lifted or taken off the record since, UTC",
        ),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), nullable=False, comment="internal: UTC"
        ),
        sa.Column("recorded_by", sa.Uuid(), nullable=False, comment="internal: who wrote it down"),
        sa.CheckConstraint("buffer_m > 0", name=op.f("ck_client_zone_buffer_is_a_distance")),
        sa.CheckConstraint("error_m >= 0", name=op.f("ck_client_zone_error_is_a_distance")),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_client_zone_client_id_client")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["user_account.id"],
            name=op.f("fk_client_zone_recorded_by_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_zone")),
        sa.UniqueConstraint("client_id", "number", name=op.f("uq_client_zone_client_id_number")),
    )
    with op.batch_alter_table("client_zone", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_client_zone_client_id"), ["client_id"], unique=False)

    op.create_table(
        "track_record",
        sa.Column(
            "listing_number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="internal: which listing",
        ),
        sa.Column(
            "referred",
            sa.Integer(),
            nullable=False,
            comment="internal: sent, and answered or overdue by now",
        ),
        sa.Column(
            "answered",
            sa.Integer(),
            nullable=False,
            comment="internal: of these, answered by the provider",
        ),
        sa.Column(
            "accepted",
            sa.Integer(),
            nullable=False,
            comment="internal: of these, accepted at some time",
        ),
        sa.Column(
            "started",
            sa.Integer(),
            nullable=False,
            comment="internal: of these, the client started",
        ),
        sa.Column(
            "completed",
            sa.Integer(),
            nullable=False,
            comment="internal: of these, the client completed it",
        ),
        sa.Column(
            "counted_at", sa.DateTime(timezone=True), nullable=False, comment="internal: UTC"
        ),
        sa.ForeignKeyConstraint(
            ["listing_number"],
            ["listing.number"],
            name=op.f("fk_track_record_listing_number_listing"),
        ),
        sa.PrimaryKeyConstraint("listing_number", name=op.f("pk_track_record")),
    )
    with op.batch_alter_table("client_need", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "goal_sealed",
                sa.LargeBinary(),
                nullable=True,
                comment="personal: what is to come of it, in words, sealed",
            )
        )

    with op.batch_alter_table("client_search", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "tried_sealed",
                sa.LargeBinary(),
                nullable=True,
                comment="personal: listings tried before, as number:status, sealed",
            )
        )
        batch_op.add_column(
            sa.Column(
                "skipped_sealed",
                sa.LargeBinary(),
                nullable=True,
                comment="personal: questions that the client cannot answer, sealed",
            )
        )

    allow([*FIRST_KINDS, "warrant"])


def downgrade() -> None:
    op.execute("DELETE FROM eligibility_rule WHERE kind = 'warrant'")
    allow(FIRST_KINDS)

    with op.batch_alter_table("client_search", schema=None) as batch_op:
        batch_op.drop_column("skipped_sealed")
        batch_op.drop_column("tried_sealed")

    with op.batch_alter_table("client_need", schema=None) as batch_op:
        batch_op.drop_column("goal_sealed")

    op.drop_table("track_record")
    with op.batch_alter_table("client_zone", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_client_zone_client_id"))

    op.drop_table("client_zone")
    with op.batch_alter_table("client_fact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_client_fact_client_id"))

    op.drop_table("client_fact")
    with op.batch_alter_table("client_condition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_client_condition_client_id"))

    op.drop_table("client_condition")
