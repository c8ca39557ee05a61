"""Account information: codes by mail, two-factor, agreements, data reports, help, and the chain of the audit log."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from models.agreement import AgreementEventKind, AgreementState
from models.data_report import DataReportState
from models.database.append_only import refuse
from models.database.sqlite_rebuild import unique_again
from models.help import ArticleKind
from models.ids import (  # type: ignore[attr-defined]  # made by `key`
    new_ach,
    new_age,
    new_agf,
    new_agr,
    new_agv,
    new_art,
    new_aut,
    new_cha,
    new_cop,
    new_fbk,
    new_lnk,
    new_rec,
    new_rep,
    new_rpf,
    new_sub,
)
from models.link import LinkPurpose
from models.two_factor import TwoFactorKind


class Migration(migrations.Migration):
    dependencies = [("models", "0001_initial")]

    initial = False

    operations = [
        ops.CreateModel(
            name="AgreementVersion",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_agv, unique=True, db_index=True, max_length=30)),
                ("number", fields.CharField(unique=True, max_length=20)),
                ("valid_from", fields.DateField()),
                ("text_de", fields.TextField(unique=False)),
                ("text_en", fields.TextField(unique=False)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "agreement_version",
                "app": "models",
                "pk_attr": "id",
                "table_description": "The text of the agreement from `valid_from` on, until the next version. It never changes once it is valid.",
            },
            bases=["Model"],
        ),
        ops.AddIndex(
            model_name="AgreementVersion",
            index=Index(fields=["valid_from", "id"]),
        ),
        ops.CreateModel(
            name="Agreement",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_agr, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="agreements",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "version",
                    fields.ForeignKeyField(
                        "models.AgreementVersion",
                        source_field="version_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="agreements",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "state",
                    fields.CharEnumField(
                        description="REQUESTED: REQUESTED\nCONCLUDED: CONCLUDED\nSUPERSEDED: SUPERSEDED",
                        enum_type=AgreementState,
                        max_length=16,
                    ),
                ),
                ("signatory", fields.CharField(null=True, max_length=160)),
                ("language", fields.CharField(null=True, max_length=2)),
                ("requested_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("concluded_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("superseded_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "agreement",
                "app": "models",
                "unique_together": (("customer_id", "version_id"),),
                "pk_attr": "id",
                "table_description": "What a customer requested or concluded. The document's bytes are in `AgreementFile`.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="Agreement",
            constraint=CheckConstraint(
                check="state IN ('REQUESTED', 'CONCLUDED', 'SUPERSEDED')", name="agreement_state_known"
            ),
        ),
        ops.AddConstraint(
            model_name="Agreement",
            constraint=CheckConstraint(
                check="state = 'REQUESTED' OR "
                "(concluded_at IS NOT NULL AND signatory IS NOT NULL AND language IS NOT NULL)",
                name="agreement_concluded_by_somebody",
            ),
        ),
        ops.RunPython(unique_again("agreement", "customer_id", "version_id")),
        ops.AddIndex(
            model_name="Agreement",
            index=Index(fields=["customer_id", "requested_at", "id"]),
        ),
        ops.AddIndex(
            model_name="Agreement",
            index=Index(fields=["version_id"]),
        ),
        ops.CreateModel(
            name="AgreementFile",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_agf, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="agreement_files",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "agreement",
                    fields.OneToOneField(
                        "models.Agreement",
                        source_field="agreement_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="file",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("sha256", fields.CharField(max_length=64)),
                ("content", fields.BinaryField()),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "agreement_file",
                "app": "models",
                "pk_attr": "id",
                "table_description": "The agreement as it was concluded: a PDF that is drawn once and never again.",
            },
            bases=["Model"],
        ),
        ops.AddIndex(
            model_name="AgreementFile",
            index=Index(fields=["customer_id"]),
        ),
        ops.CreateModel(
            name="AgreementEvent",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_age, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="agreement_events",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "agreement",
                    fields.ForeignKeyField(
                        "models.Agreement",
                        source_field="agreement_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="events",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "kind",
                    fields.CharEnumField(
                        description="REQUESTED: REQUESTED\nCONCLUDED: CONCLUDED\nSUPERSEDED: SUPERSEDED\nDOWNLOADED: DOWNLOADED",
                        enum_type=AgreementEventKind,
                        max_length=16,
                    ),
                ),
                ("occurred_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "agreement_event",
                "app": "models",
                "pk_attr": "id",
                "table_description": "An entry of an agreement's log, which proves what was agreed and is kept as long as the agreement itself.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="AgreementEvent",
            constraint=CheckConstraint(
                check="kind IN ('REQUESTED', 'CONCLUDED', 'SUPERSEDED', 'DOWNLOADED')",
                name="agreement_event_kind_known",
            ),
        ),
        ops.AddIndex(
            model_name="AgreementEvent",
            index=Index(fields=["customer_id", "occurred_at", "id"]),
        ),
        ops.AddIndex(
            model_name="AgreementEvent",
            index=Index(fields=["agreement_id", "occurred_at", "id"]),
        ),
        ops.CreateModel(
            name="AuditChain",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_ach, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.OneToOneField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="audit_chain",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("number", fields.IntField()),
                ("seal", fields.CharField(max_length=70)),
            ],
            options={
                "table": "audit_chain",
                "app": "models",
                "pk_attr": "id",
                "table_description": "The end of a customer's chain: how many entries there are, and the seal of the last. Its row lock orders writers.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Authenticator",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_aut, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="authenticators",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "kind",
                    fields.CharEnumField(
                        default=TwoFactorKind.AUTHENTICATOR_APP,
                        description="AUTHENTICATOR_APP: AUTHENTICATOR_APP",
                        enum_type=TwoFactorKind,
                        max_length=20,
                    ),
                ),
                ("name", fields.CharField(max_length=80)),
                ("secret_sealed", fields.CharField(max_length=255)),
                ("last_step", fields.BigIntField(default=0)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("pending_until", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("confirmed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("last_used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("version", fields.IntField(default=1)),
            ],
            options={
                "table": "authenticator",
                "app": "models",
                "pk_attr": "id",
                "table_description": "An authenticator app. It counts once `confirmed_at` is set. Until `pending_until` it may be confirmed.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="Authenticator",
            constraint=CheckConstraint(check="kind IN ('AUTHENTICATOR_APP')", name="authenticator_kind_known"),
        ),
        ops.AddIndex(
            model_name="Authenticator",
            index=Index(fields=["customer_id", "created_at", "id"]),
        ),
        ops.CreateModel(
            name="ContactOption",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_cop, unique=True, db_index=True, max_length=30)),
                ("language", fields.CharField(max_length=2)),
                ("topic", fields.CharField(max_length=40)),
                ("title", fields.CharField(max_length=160)),
                ("phone", fields.CharField(null=True, max_length=16)),
                ("hours", fields.CharField(null=True, max_length=160)),
                ("email", fields.CharField(null=True, max_length=254)),
                ("position", fields.IntField(default=0)),
            ],
            options={
                "table": "contact_option",
                "app": "models",
                "unique_together": (("topic", "language"),),
                "pk_attr": "id",
                "table_description": "Whom to ask about a topic, in one language.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="DataReport",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_rep, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="data_reports",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("running_for", fields.CharField(null=True, unique=True, max_length=30)),
                (
                    "state",
                    fields.CharEnumField(
                        description="QUEUED: QUEUED\nRUNNING: RUNNING\nREADY: READY\nFAILED: FAILED\nDELETED: DELETED",
                        enum_type=DataReportState,
                        max_length=16,
                    ),
                ),
                ("progress", fields.IntField(default=0)),
                ("attempts", fields.IntField(default=0)),
                ("requested_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("due_on", fields.DateField()),
                ("started_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("leased_until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("finished_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("size_bytes", fields.IntField(null=True)),
                ("sha256", fields.CharField(null=True, max_length=64)),
            ],
            options={
                "table": "data_report",
                "app": "models",
                "pk_attr": "id",
                "table_description": "One request. `running_for` is the customer's id while it is queued or running: unique, so there is one at a time.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="DataReport",
            constraint=CheckConstraint(
                check="state IN ('QUEUED', 'RUNNING', 'READY', 'FAILED', 'DELETED')", name="data_report_state_known"
            ),
        ),
        ops.AddConstraint(
            model_name="DataReport",
            constraint=CheckConstraint(check="progress BETWEEN 0 AND 100", name="data_report_progress_is_per_cent"),
        ),
        ops.AddIndex(
            model_name="DataReport",
            index=Index(fields=["customer_id", "requested_at", "id"]),
        ),
        ops.AddIndex(
            model_name="DataReport",
            index=Index(fields=["state", "leased_until"]),
        ),
        ops.AddIndex(
            model_name="DataReport",
            index=Index(fields=["expires_at"]),
        ),
        ops.CreateModel(
            name="DataReportFile",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_rpf, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="data_report_files",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "report",
                    fields.OneToOneField(
                        "models.DataReport",
                        source_field="report_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="file",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("content", fields.BinaryField()),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "data_report_file",
                "app": "models",
                "pk_attr": "id",
                "table_description": "The ZIP of a report: gone after seven days.",
            },
            bases=["Model"],
        ),
        ops.AddIndex(
            model_name="DataReportFile",
            index=Index(fields=["customer_id"]),
        ),
        ops.CreateModel(
            name="Feedback",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_fbk, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="feedback",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("package_id", fields.CharField(null=True, max_length=30)),
                ("rating", fields.IntField()),
                ("text", fields.TextField(null=True, unique=False)),
                ("page", fields.CharField(null=True, max_length=200)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "feedback",
                "app": "models",
                "pk_attr": "id",
                "table_description": "What somebody said about a page: `rating` from 1 (bad) to 5 (good).",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="Feedback",
            constraint=CheckConstraint(check="rating BETWEEN 1 AND 5", name="feedback_rating_in_range"),
        ),
        ops.AddIndex(
            model_name="Feedback",
            index=Index(fields=["customer_id", "created_at"]),
        ),
        ops.CreateModel(
            name="HelpArticle",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_art, unique=True, db_index=True, max_length=30)),
                ("slug", fields.CharField(max_length=80)),
                ("language", fields.CharField(max_length=2)),
                (
                    "kind",
                    fields.CharEnumField(description="FAQ: FAQ\nGUIDE: GUIDE", enum_type=ArticleKind, max_length=8),
                ),
                ("topic", fields.CharField(max_length=40)),
                ("title", fields.CharField(max_length=160)),
                ("body", fields.TextField(unique=False)),
                ("search_key", fields.TextField(unique=False)),
                ("position", fields.IntField(default=0)),
                ("updated_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "help_article",
                "app": "models",
                "unique_together": (("slug", "language"),),
                "pk_attr": "id",
                "table_description": "An article in one language: `slug` is the same in all of them. `body` is CommonMark, `search_key` folded text.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="HelpArticle",
            constraint=CheckConstraint(check="kind IN ('FAQ', 'GUIDE')", name="help_article_kind_known"),
        ),
        ops.RunPython(unique_again("help_article", "slug", "language")),
        ops.AddIndex(
            model_name="HelpArticle",
            index=Index(fields=["language", "kind", "position", "id"]),
        ),
        ops.CreateModel(
            name="LinkCode",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_lnk, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="link_codes",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "purpose",
                    fields.CharEnumField(
                        description="EMAIL_CHANGE: EMAIL_CHANGE\nPASSWORD_RESET: PASSWORD_RESET",
                        enum_type=LinkPurpose,
                        max_length=16,
                    ),
                ),
                ("code_hash", fields.CharField(unique=True, max_length=64)),
                ("email", fields.CharField(max_length=254)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "link_code",
                "app": "models",
                "pk_attr": "id",
                "table_description": "A single-use code (only its SHA-256 is stored). `email` is the address it was sent to, which a change makes active.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="LinkCode",
            constraint=CheckConstraint(
                check="purpose IN ('EMAIL_CHANGE', 'PASSWORD_RESET')", name="link_code_purpose_known"
            ),
        ),
        ops.AddIndex(
            model_name="LinkCode",
            index=Index(fields=["customer_id", "purpose", "created_at"]),
        ),
        ops.AddIndex(
            model_name="LinkCode",
            index=Index(fields=["expires_at"]),
        ),
        ops.CreateModel(
            name="RecoveryCode",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_rec, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="recovery_codes",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("code_hash", fields.CharField(max_length=64)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "recovery_code",
                "app": "models",
                "unique_together": (("customer_id", "code_hash"),),
                "pk_attr": "id",
                "table_description": "One of ten codes for the day the authenticator is lost: hashed, each good for one sign-in.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SignInChallenge",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_cha, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="sign_in_challenges",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("token_hash", fields.CharField(unique=True, max_length=64)),
                ("password_hash", fields.CharField(max_length=80)),
                ("device_id", fields.CharField(null=True, max_length=30)),
                ("device_name", fields.CharField(null=True, max_length=80)),
                ("remembered", fields.BooleanField(default=False)),
                ("failures", fields.IntField(default=0)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "sign_in_challenge",
                "app": "models",
                "pk_attr": "id",
                "table_description": "A sign-in whose password was right and whose second step is missing: five minutes, five tries, once (SECURITY T6).",
            },
            bases=["Model"],
        ),
        ops.AddIndex(
            model_name="SignInChallenge",
            index=Index(fields=["customer_id"]),
        ),
        ops.AddIndex(
            model_name="SignInChallenge",
            index=Index(fields=["expires_at"]),
        ),
        ops.CreateModel(
            name="SubProcessor",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_sub, unique=True, db_index=True, max_length=30)),
                ("name", fields.CharField(max_length=160)),
                ("address", fields.CharField(max_length=255)),
                ("country", fields.CharField(max_length=2)),
                ("purpose_de", fields.CharField(max_length=255)),
                ("purpose_en", fields.CharField(max_length=255)),
                ("safeguard", fields.CharField(null=True, max_length=160)),
                ("announced_on", fields.DateField()),
                ("since", fields.DateField()),
                ("until", fields.DateField(null=True)),
                ("end_announced_on", fields.DateField(null=True)),
            ],
            options={
                "table": "sub_processor",
                "app": "models",
                "unique_together": (("name", "since"),),
                "pk_attr": "id",
                "table_description": "Who processes data on our behalf, from `since` to `until` (exclusive). A change ends one row and starts another.",
            },
            bases=["Model"],
        ),
        ops.AddIndex(
            model_name="SubProcessor",
            index=Index(fields=["since", "id"]),
        ),
        ops.AddIndex(
            model_name="TrustedDevice",
            index=Index(fields=["expires_at"]),
        ),
        ops.AddField(
            model_name="AuditEvent",
            name="number",
            field=fields.IntField(null=True),
        ),
        ops.AddField(
            model_name="AuditEvent",
            name="seal",
            field=fields.CharField(null=True, max_length=70),
        ),
        ops.AddConstraint(
            model_name="AuditEvent",
            constraint=UniqueConstraint(fields=("customer_id", "number"), name=None),
        ),
        ops.RunPython(refuse("audit_event", "UPDATE", "DELETE")),
        ops.RunPython(refuse("audit_chain", "DELETE")),
    ]
