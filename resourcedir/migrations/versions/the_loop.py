"""the loop: holds, intakes, what is due; the grown table of steps

Revision ID: the_loop
Revises: first_tables
"""

import sqlalchemy as sa
from alembic import op

revision = "the_loop"
down_revision = "first_tables"
branch_labels = None
depends_on = None

STATUSES = (
    "draft sent info_asked waitlisted accepted intake_scheduled no_show in_service completed"
    " ended_early declined withdrawn expired entered_in_error"
).split()
ACTIONS = (
    "send record open accept schedule waitlist ask_info answer_info decline start miss complete"
    " end_early withdraw error correct judge message call nudge offer remind escalate expire let_go"
).split()
REASONS = (
    "full not_eligible closed place_moved not_reached later_start papers_missing did_not_come"
    " client_chose asked_to_leave moved other_place place_not_reached mistake no_answer spoke"
    " left_message wrong_number question_open other"
).split()
WORDS = "provider client officer document clock".split()

FIRST_STATUSES = (
    "draft sent waitlisted accepted in_service completed ended_early declined withdrawn"
).split()
FIRST_ACTIONS = (
    "send record open waitlist accept decline start complete end_early withdraw"
).split()
FIRST_REASONS = (
    "full not_eligible closed not_reached did_not_come client_chose asked_to_leave moved"
    " other_place mistake other"
).split()
FIRST_WORDS = "provider client officer document".split()

CHECKED = (
    ("referral", "status", "status", FIRST_STATUSES, STATUSES),
    ("referral_event", "status", "status", FIRST_STATUSES, STATUSES),
    ("referral_event", "action", "action", FIRST_ACTIONS, ACTIONS),
    ("referral_event", "reason", "reason", FIRST_REASONS, REASONS),
    ("referral_event", "wordof", "word_of", FIRST_WORDS, WORDS),
    ("outcome", "wordof", "source", FIRST_WORDS, WORDS),
)


def allow(batch_op: object, table: str, *, after: bool) -> None:
    """Let columns of ``table`` hold the values of after, or of before, this migration."""
    for name, kind, column, first, later in CHECKED:
        if name != table:
            continue
        check = op.f(f"ck_{table}_{kind}")
        values = ", ".join(f"'{each}'" for each in (later if after else first))
        batch_op.drop_constraint(check, type_="check")
        batch_op.create_check_constraint(check, f"{column} IN ({values})")


def upgrade() -> None:
    op.create_table('intake_appointment',
    sa.Column('id', sa.Uuid(), nullable=False, comment='internal: ours'),
    sa.Column('referral_id', sa.Uuid(), nullable=False, comment='internal: of which referral'),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False, comment='personal: UTC'),
    sa.Column('minutes', sa.Integer(), nullable=False, comment='personal: how long it is to last'),
    sa.Column('time_zone', sa.String(), nullable=False, comment='personal: IANA name, of the place'),
    sa.Column('set_at', sa.DateTime(timezone=True), nullable=False, comment='internal: UTC'),
    sa.Column('sequence', sa.Integer(), nullable=False, comment='internal: 0, 1, 2 ... times it was changed'),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True, comment='internal: NULL: ahead, UTC'),
    sa.Column('ending', sa.Enum('kept', 'missed', 'moved', 'canceled', name='intakeending', native_enum=False, create_constraint=True, length=40), nullable=True, comment='personal: kept, missed, moved or canceled'),
    sa.Column('absence', sa.Enum('acceptable', 'unacceptable', name='absence', native_enum=False, create_constraint=True, length=40), nullable=True, comment='personal: what the officer makes of it; NULL: not said'),
    sa.CheckConstraint('minutes > 0', name=op.f('ck_intake_appointment_lasts')),
    sa.ForeignKeyConstraint(['referral_id'], ['referral.id'], name=op.f('fk_intake_appointment_referral_id_referral')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_intake_appointment'))
    )
    with op.batch_alter_table('intake_appointment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_intake_appointment_starts_at'), ['starts_at'], unique=False)
        batch_op.create_index('ix_intake_referral', ['referral_id', 'ended_at'], unique=False)

    op.create_table('opening_hold',
    sa.Column('id', sa.Uuid(), nullable=False, comment='internal: ours'),
    sa.Column('referral_id', sa.Uuid(), nullable=False, comment='internal: for which referral'),
    sa.Column('service_id', sa.Uuid(), nullable=False, comment='personal: whose opening'),
    sa.Column('held_at', sa.DateTime(timezone=True), nullable=False, comment='internal: UTC'),
    sa.Column('until_at', sa.DateTime(timezone=True), nullable=False, comment='internal: free again from then, UTC'),
    sa.Column('offered', sa.Boolean(), nullable=False, comment='internal: it was freed and offered from the waiting list'),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True, comment='internal: NULL: held now, UTC'),
    sa.Column('ending', sa.Enum('taken', 'given_back', 'lapsed', name='holdending', native_enum=False, create_constraint=True, length=40), nullable=True, comment='internal: taken, given back or lapsed'),
    sa.ForeignKeyConstraint(['referral_id'], ['referral.id'], name=op.f('fk_opening_hold_referral_id_referral')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_opening_hold_service_id_service')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opening_hold'))
    )
    with op.batch_alter_table('opening_hold', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_opening_hold_service_id'), ['service_id'], unique=False)
        batch_op.create_index('uq_opening_hold_present', ['referral_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('referral_due',
    sa.Column('id', sa.Uuid(), nullable=False, comment='internal: ours'),
    sa.Column('referral_id', sa.Uuid(), nullable=False, comment='internal: of which referral'),
    sa.Column('kind', sa.Enum('remind', 'escalate', 'expire', 'hold_ends', 'intake_ahead', name='duekind', native_enum=False, create_constraint=True, length=40), nullable=False, comment='internal: what'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False, comment='internal: not before, UTC'),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True, comment='internal: UTC; NULL: not yet'),
    sa.ForeignKeyConstraint(['referral_id'], ['referral.id'], name=op.f('fk_referral_due_referral_id_referral')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_referral_due'))
    )
    with op.batch_alter_table('referral_due', schema=None) as batch_op:
        batch_op.create_index('ix_referral_due_open', ['done_at', 'at'], unique=False)
        batch_op.create_index(batch_op.f('ix_referral_due_referral_id'), ['referral_id'], unique=False)

    with op.batch_alter_table('client', schema=None) as batch_op:
        batch_op.add_column(sa.Column('curfew_sealed', sa.LargeBinary(), nullable=True, comment='personal: weekly hours at which they must be at home, sealed'))
        batch_op.add_column(sa.Column('work_hours_sealed', sa.LargeBinary(), nullable=True, comment='personal: weekly hours at which they are at work, sealed'))

    with op.batch_alter_table('client_search', schema=None) as batch_op:
        batch_op.add_column(sa.Column('instead_of_id', sa.Uuid(), nullable=True, comment='internal: the referral that another place is sought for'))
        batch_op.create_foreign_key(batch_op.f('fk_client_search_instead_of_id_referral'), 'referral', ['instead_of_id'], ['id'])

    with op.batch_alter_table('listing_report', schema=None) as batch_op:
        batch_op.add_column(sa.Column('from_referral', sa.Boolean(), server_default=sa.false(), nullable=False, comment='internal: found by sending somebody there, not by looking at the page'))
        batch_op.alter_column('reported_by',
               existing_type=sa.Uuid(),
               comment='internal: user; NULL: the app itself',
               nullable=True)

    with op.batch_alter_table('outcome', schema=None) as batch_op:
        allow(batch_op, 'outcome', after=True)
        batch_op.add_column(sa.Column('event_id', sa.Uuid(), nullable=True, comment='internal: said with this step; NULL: by itself'))
        batch_op.add_column(sa.Column('milestone', sa.Enum('interviewed', 'hired', 'kept_30', 'kept_60', 'kept_90', 'kept_180', 'job_lost', 'moved_in', 'housed_30', 'housed_90', 'left_for_home', 'left_without_home', 'enrolled', 'class_finished', 'credential', 'attended', 'treatment_finished', name='milestone', native_enum=False, create_constraint=True, length=40), nullable=True, comment='personal: how far, in the words of the field'))
        batch_op.add_column(sa.Column('taken_back_at', sa.DateTime(timezone=True), nullable=True, comment='internal: with the step that it was said with, UTC'))
        batch_op.create_foreign_key(batch_op.f('fk_outcome_event_id_referral_event'), 'referral_event', ['event_id'], ['id'])

    with op.batch_alter_table('referral', schema=None) as batch_op:
        allow(batch_op, 'referral', after=True)
        batch_op.add_column(sa.Column('urgency', sa.Enum('crisis', 'urgent', 'routine', name='urgency', native_enum=False, create_constraint=True, length=40), server_default='routine', nullable=False, comment='personal: how soon'))
        batch_op.add_column(sa.Column('wants_hold', sa.Boolean(), server_default=sa.false(), nullable=False, comment='internal: hold an opening when it is sent'))
        batch_op.add_column(sa.Column('clinical', sa.Boolean(), server_default=sa.false(), nullable=False, comment='personal: to a place of treatment, which may tell attendance alone'))
        batch_op.add_column(sa.Column('report_until_on', sa.Date(), nullable=True, comment='personal: until then the client lets a clinic tell more than attendance'))
        batch_op.add_column(sa.Column('instead_of_id', sa.Uuid(), nullable=True, comment='internal: the one that this replaces'))
        batch_op.add_column(sa.Column('answer_due_at', sa.DateTime(timezone=True), nullable=True, comment='internal: the answer is due; NULL: none is owed, UTC'))
        batch_op.add_column(sa.Column('waitlisted_at', sa.DateTime(timezone=True), nullable=True, comment='internal: its place in the waiting list, UTC'))
        batch_op.add_column(sa.Column('wait_days', sa.Integer(), nullable=True, comment='internal: days, as the provider said'))
        batch_op.create_index(batch_op.f('ix_referral_instead_of_id'), ['instead_of_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_referral_instead_of_id_referral'), 'referral', ['instead_of_id'], ['id'])

    with op.batch_alter_table('referral_event', schema=None) as batch_op:
        allow(batch_op, 'referral_event', after=True)
        batch_op.add_column(sa.Column('absence', sa.Enum('acceptable', 'unacceptable', name='absence', native_enum=False, create_constraint=True, length=40), nullable=True, comment='personal: what the officer made of it'))
        batch_op.add_column(sa.Column('corrects_id', sa.Uuid(), nullable=True, comment='internal: the event that this takes back'))
        batch_op.alter_column('by_user_id',
               existing_type=sa.Uuid(),
               comment='internal: who wrote it down; NULL: the app',
               nullable=True)
        batch_op.create_foreign_key(batch_op.f('fk_referral_event_corrects_id_referral_event'), 'referral_event', ['corrects_id'], ['id'])

    with op.batch_alter_table('service', schema=None) as batch_op:
        batch_op.add_column(sa.Column('paused_until', sa.Date(), nullable=True, comment='public: last day of a pause in which it takes nobody, on its own clock'))

    with op.batch_alter_table('service_capacity', schema=None) as batch_op:
        batch_op.alter_column('available',
               existing_type=sa.Integer(),
               comment='public: free and held for nobody; told at the time of updated, less what is held')
        batch_op.add_column(sa.Column('wait_days', sa.Integer(), nullable=True, comment='public: wait in days, as told'))
        batch_op.add_column(sa.Column('hold_hours', sa.Integer(), nullable=True, comment='public: hours that a referral may hold an opening; NULL: none is held'))
        batch_op.add_column(sa.Column('starts_on', sa.Date(), nullable=True, comment='public: first day of the class that the seats are in'))
        batch_op.add_column(sa.Column('waiting_list', sa.Boolean(), server_default=sa.true(), nullable=False, comment='public: whether a waiting list is kept'))
        batch_op.create_check_constraint(op.f('ck_service_capacity_wait_is_days'), 'wait_days BETWEEN 0 AND 3650')
        batch_op.create_check_constraint(op.f('ck_service_capacity_hold_is_hours'), 'hold_hours BETWEEN 1 AND 336')

    # Who waits already keeps the place; what is owed is planned by the worker when it starts.
    op.execute(
        "UPDATE referral SET waitlisted_at = (SELECT max(at) FROM referral_event"
        " WHERE referral_id = referral.id AND action = 'waitlist') WHERE status = 'waitlisted'"
    )


def downgrade() -> None:
    with op.batch_alter_table('service_capacity', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_service_capacity_hold_is_hours'), type_='check')
        batch_op.drop_constraint(op.f('ck_service_capacity_wait_is_days'), type_='check')
        batch_op.drop_column('waiting_list')
        batch_op.drop_column('starts_on')
        batch_op.drop_column('hold_hours')
        batch_op.drop_column('wait_days')

    with op.batch_alter_table('service', schema=None) as batch_op:
        batch_op.drop_column('paused_until')

    with op.batch_alter_table('referral_event', schema=None) as batch_op:
        allow(batch_op, 'referral_event', after=False)
        batch_op.drop_constraint(batch_op.f('fk_referral_event_corrects_id_referral_event'), type_='foreignkey')
        batch_op.alter_column('by_user_id',
               existing_type=sa.Uuid(),
               nullable=False)
        batch_op.drop_column('corrects_id')
        batch_op.drop_constraint(op.f('ck_referral_event_absence'), type_='check')
        batch_op.drop_column('absence')

    with op.batch_alter_table('referral', schema=None) as batch_op:
        allow(batch_op, 'referral', after=False)
        batch_op.drop_constraint(batch_op.f('fk_referral_instead_of_id_referral'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_referral_instead_of_id'))
        batch_op.drop_column('wait_days')
        batch_op.drop_column('waitlisted_at')
        batch_op.drop_column('answer_due_at')
        batch_op.drop_column('instead_of_id')
        batch_op.drop_column('report_until_on')
        batch_op.drop_column('clinical')
        batch_op.drop_column('wants_hold')
        batch_op.drop_constraint(op.f('ck_referral_urgency'), type_='check')
        batch_op.drop_column('urgency')

    with op.batch_alter_table('outcome', schema=None) as batch_op:
        allow(batch_op, 'outcome', after=False)
        batch_op.drop_constraint(batch_op.f('fk_outcome_event_id_referral_event'), type_='foreignkey')
        batch_op.drop_column('taken_back_at')
        batch_op.drop_constraint(op.f('ck_outcome_milestone'), type_='check')
        batch_op.drop_column('milestone')
        batch_op.drop_column('event_id')

    with op.batch_alter_table('listing_report', schema=None) as batch_op:
        batch_op.alter_column('reported_by',
               existing_type=sa.Uuid(),
               nullable=False)
        batch_op.drop_column('from_referral')

    with op.batch_alter_table('client_search', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_client_search_instead_of_id_referral'), type_='foreignkey')
        batch_op.drop_column('instead_of_id')

    with op.batch_alter_table('client', schema=None) as batch_op:
        batch_op.drop_column('work_hours_sealed')
        batch_op.drop_column('curfew_sealed')

    with op.batch_alter_table('referral_due', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_referral_due_referral_id'))
        batch_op.drop_index('ix_referral_due_open')

    op.drop_table('referral_due')
    with op.batch_alter_table('opening_hold', schema=None) as batch_op:
        batch_op.drop_index('uq_opening_hold_present', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_opening_hold_service_id'))

    op.drop_table('opening_hold')
    with op.batch_alter_table('intake_appointment', schema=None) as batch_op:
        batch_op.drop_index('ix_intake_referral')
        batch_op.drop_index(batch_op.f('ix_intake_appointment_starts_at'))

    op.drop_table('intake_appointment')
