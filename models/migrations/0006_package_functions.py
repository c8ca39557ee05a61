"""What a package can do: mail addresses, host names, databases, accounts, cron jobs, apps and backups."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint

from models.backup import BackupContent, BackupState
from models.cron_job import CronKind
from models.database.sqlite_rebuild import index_again, unique_again
from models.hosted_database import DatabaseEngine
from models.ids import new_app, new_bak, new_crn, new_dbs, new_mad, new_sft, new_sky, new_whs, new_wsu  # type: ignore[attr-defined]  # made by `key`
from models.mailbox import SpamFilter
from models.sftp_account import SftpAccess
from models.web_host import TlsState, WebTarget
from models.website_app import WebsiteAppState


class Migration(migrations.Migration):
    dependencies = [("models", "0005_dns")]

    initial = False

    operations = [
        ops.CreateModel(
            name="CronJob",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_crn, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="cron_jobs",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "package",
                    fields.ForeignKeyField(
                        "models.Package",
                        source_field="package_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="cron_jobs",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("label", fields.CharField(null=True, max_length=80)),
                ("schedule", fields.CharField(max_length=120)),
                (
                    "kind",
                    fields.CharEnumField(description="URL: URL\nSCRIPT: SCRIPT", enum_type=CronKind, max_length=8),
                ),
                ("target", fields.CharField(max_length=2048)),
                ("php_version", fields.CharField(null=True, max_length=8)),
                ("enabled", fields.BooleanField(default=True)),
                ("last_run_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("last_succeeded", fields.BooleanField(null=True)),
                ("version", fields.IntField(default=1)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "cron_job",
                "app": "models",
                "pk_attr": "id",
                "table_description": "A job. `schedule` is the five fields of crontab(5) in Europe/Berlin, `target` an address or a file of the web space.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="CronJob",
            constraint=CheckConstraint(check="kind IN ('URL', 'SCRIPT')", name="cron_job_kind_known"),
        ),
        ops.AddConstraint(
            model_name="CronJob",
            constraint=CheckConstraint(check="version >= 1", name="cron_job_version_counts_up"),
        ),
        ops.AddIndex(
            model_name="CronJob",
            index=Index(fields=["customer_id", "package_id", "created_at", "id"]),
        ),
        ops.CreateModel(
            name="HostedDatabase",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_dbs, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="databases",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "package",
                    fields.ForeignKeyField(
                        "models.Package",
                        source_field="package_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="databases",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("name", fields.CharField(unique=True, max_length=32)),
                ("label", fields.CharField(null=True, max_length=80)),
                (
                    "engine",
                    fields.CharEnumField(
                        description="MARIADB: MARIADB\nPOSTGRESQL: POSTGRESQL", enum_type=DatabaseEngine, max_length=16
                    ),
                ),
                ("engine_version", fields.CharField(max_length=16)),
                ("host", fields.CharField(max_length=253)),
                ("port", fields.IntField()),
                ("allowed_hosts", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ("used_mb", fields.IntField(default=0)),
                ("password_changed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("dump_requested_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("version", fields.IntField(default=1)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "hosted_database",
                "app": "models",
                "pk_attr": "id",
                "table_description": "A database with its one user, who is called as it is. `name` is made by the host and unique.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="HostedDatabase",
            constraint=CheckConstraint(
                check="engine IN ('MARIADB', 'POSTGRESQL')", name="hosted_database_engine_known"
            ),
        ),
        ops.AddConstraint(
            model_name="HostedDatabase",
            constraint=CheckConstraint(check="port BETWEEN 1 AND 65535", name="hosted_database_port_in_range"),
        ),
        ops.AddConstraint(
            model_name="HostedDatabase",
            constraint=CheckConstraint(check="used_mb >= 0", name="hosted_database_size_not_negative"),
        ),
        ops.AddConstraint(
            model_name="HostedDatabase",
            constraint=CheckConstraint(check="version >= 1", name="hosted_database_version_counts_up"),
        ),
        ops.AddIndex(
            model_name="HostedDatabase",
            index=Index(fields=["customer_id", "package_id", "name", "id"]),
        ),
        ops.AddIndex(
            model_name="HostedDatabase",
            index=Index(fields=["customer_id", "package_id", "created_at", "id"]),
        ),
        ops.CreateModel(
            name="Backup",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_bak, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="backups",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "package",
                    fields.ForeignKeyField(
                        "models.Package",
                        source_field="package_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="backups",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "content",
                    fields.CharEnumField(
                        description="WEB_SPACE: WEB_SPACE\nDATABASE: DATABASE\nMAILBOX: MAILBOX",
                        enum_type=BackupContent,
                        max_length=16,
                    ),
                ),
                ("subject_name", fields.CharField(max_length=320)),
                (
                    "database",
                    fields.ForeignKeyField(
                        "models.HostedDatabase",
                        source_field="database_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="backups",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                (
                    "mailbox",
                    fields.ForeignKeyField(
                        "models.Mailbox",
                        source_field="mailbox_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="backups",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                (
                    "state",
                    fields.CharEnumField(
                        description="CREATING: CREATING\nREADY: READY\nRESTORING: RESTORING\nFAILED: FAILED",
                        enum_type=BackupState,
                        max_length=16,
                    ),
                ),
                ("automatic", fields.BooleanField(default=False)),
                ("size_mb", fields.IntField(null=True)),
                ("restored_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("version", fields.IntField(default=1)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "backup",
                "app": "models",
                "pk_attr": "id",
                "table_description": "A backup of the web space, of one database or of one mailbox. `subject_name` is what that was called.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="Backup",
            constraint=CheckConstraint(
                check="content IN ('WEB_SPACE', 'DATABASE', 'MAILBOX')", name="backup_content_known"
            ),
        ),
        ops.AddConstraint(
            model_name="Backup",
            constraint=CheckConstraint(
                check="state IN ('CREATING', 'READY', 'RESTORING', 'FAILED')", name="backup_state_known"
            ),
        ),
        ops.AddConstraint(
            model_name="Backup",
            constraint=CheckConstraint(check="size_mb IS NULL OR size_mb >= 0", name="backup_size_not_negative"),
        ),
        ops.AddConstraint(
            model_name="Backup",
            constraint=CheckConstraint(check="version >= 1", name="backup_version_counts_up"),
        ),
        ops.AddIndex(
            model_name="Backup",
            index=Index(fields=["customer_id", "package_id", "created_at", "id"]),
        ),
        ops.AddIndex(
            model_name="Backup",
            index=Index(fields=["expires_at"]),
        ),
        ops.AddIndex(
            model_name="Backup",
            index=Index(fields=["database_id"]),
        ),
        ops.AddIndex(
            model_name="Backup",
            index=Index(fields=["mailbox_id"]),
        ),
        ops.CreateModel(
            name="MailAddress",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_mad, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="mail_addresses",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "package",
                    fields.ForeignKeyField(
                        "models.Package",
                        source_field="package_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="mail_addresses",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "domain",
                    fields.ForeignKeyField(
                        "models.Domain",
                        source_field="domain_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="mail_addresses",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "mailbox",
                    fields.ForeignKeyField(
                        "models.Mailbox",
                        source_field="mailbox_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="aliases",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("address", fields.CharField(unique=True, max_length=320)),
                ("search_key", fields.CharField(max_length=960)),
                ("targets", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ("version", fields.IntField(default=1)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "mail_address",
                "app": "models",
                "pk_attr": "id",
                "table_description": "Where mail to an address goes: into a mailbox of the package (an alias), to other addresses (a forward), or both.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="MailAddress",
            constraint=CheckConstraint(check="address = lower(address)", name="mail_address_lower_case"),
        ),
        ops.AddConstraint(
            model_name="MailAddress",
            constraint=CheckConstraint(check="version >= 1", name="mail_address_version_counts_up"),
        ),
        ops.AddIndex(
            model_name="MailAddress",
            index=Index(fields=["customer_id", "package_id", "address", "id"]),
        ),
        ops.AddIndex(
            model_name="MailAddress",
            index=Index(fields=["customer_id", "package_id", "created_at", "id"]),
        ),
        ops.AddIndex(
            model_name="MailAddress",
            index=Index(fields=["domain_id"]),
        ),
        ops.AddIndex(
            model_name="MailAddress",
            index=Index(fields=["mailbox_id"]),
        ),
        ops.CreateModel(
            name="SftpAccount",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_sft, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="sftp_accounts",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "package",
                    fields.ForeignKeyField(
                        "models.Package",
                        source_field="package_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="sftp_accounts",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("username", fields.CharField(unique=True, max_length=32)),
                ("label", fields.CharField(null=True, max_length=80)),
                ("directory", fields.CharField(max_length=255)),
                (
                    "access",
                    fields.CharEnumField(description="SFTP: SFTP\nSSH: SSH", enum_type=SftpAccess, max_length=8),
                ),
                ("password_changed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("last_used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("version", fields.IntField(default=1)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "sftp_account",
                "app": "models",
                "pk_attr": "id",
                "table_description": "An account. `username` is made by the host and unique, `directory` where it begins: a folder without a slash at its ends.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="SftpAccount",
            constraint=CheckConstraint(check="access IN ('SFTP', 'SSH')", name="sftp_account_access_known"),
        ),
        ops.AddConstraint(
            model_name="SftpAccount",
            constraint=CheckConstraint(check="version >= 1", name="sftp_account_version_counts_up"),
        ),
        ops.AddIndex(
            model_name="SftpAccount",
            index=Index(fields=["customer_id", "package_id", "username", "id"]),
        ),
        ops.AddIndex(
            model_name="SftpAccount",
            index=Index(fields=["customer_id", "package_id", "created_at", "id"]),
        ),
        ops.CreateModel(
            name="SshKey",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_sky, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="ssh_keys",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "package",
                    fields.ForeignKeyField(
                        "models.Package",
                        source_field="package_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="ssh_keys",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "account",
                    fields.ForeignKeyField(
                        "models.SftpAccount",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="keys",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("type", fields.CharField(max_length=40)),
                ("public_key", fields.CharField(max_length=4096)),
                ("fingerprint", fields.CharField(max_length=64)),
                ("label", fields.CharField(null=True, max_length=80)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "ssh_key",
                "app": "models",
                "unique_together": (("account_id", "fingerprint"),),
                "pk_attr": "id",
                "table_description": "A public key that opens an account (RFC 4716, RFC 8709). `fingerprint` is `SHA256:` and Base64 without padding.",
            },
            bases=["Model"],
        ),
        ops.AddIndex(
            model_name="SshKey",
            index=Index(fields=["customer_id", "package_id", "created_at", "id"]),
        ),
        ops.CreateModel(
            name="WebHost",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_whs, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="web_hosts",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "package",
                    fields.ForeignKeyField(
                        "models.Package",
                        source_field="package_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="web_hosts",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "domain",
                    fields.ForeignKeyField(
                        "models.Domain",
                        source_field="domain_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="web_hosts",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("name", fields.CharField(max_length=253)),
                (
                    "target",
                    fields.CharEnumField(
                        description="WEB_ROOT: WEB_ROOT\nREDIRECT: REDIRECT", enum_type=WebTarget, max_length=16
                    ),
                ),
                ("web_root", fields.CharField(null=True, max_length=255)),
                ("redirect_url", fields.CharField(null=True, max_length=2048)),
                ("redirect_code", fields.IntField(null=True)),
                ("php_version", fields.CharField(null=True, max_length=8)),
                (
                    "tls_state",
                    fields.CharEnumField(
                        description="NONE: NONE\nPENDING: PENDING\nACTIVE: ACTIVE\nFAILED: FAILED",
                        enum_type=TlsState,
                        max_length=16,
                    ),
                ),
                ("tls_issuer", fields.CharField(null=True, max_length=160)),
                ("tls_expires_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("version", fields.IntField(default=1)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "web_host",
                "app": "models",
                "unique_together": (("domain_id", "name"),),
                "pk_attr": "id",
                "table_description": "A host name. `name` is relative to its domain in lower-case A-labels, `@` for the domain itself.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="WebHost",
            constraint=CheckConstraint(check="target IN ('WEB_ROOT', 'REDIRECT')", name="web_host_target_known"),
        ),
        ops.AddConstraint(
            model_name="WebHost",
            constraint=CheckConstraint(
                check="tls_state IN ('NONE', 'PENDING', 'ACTIVE', 'FAILED')", name="web_host_tls_state_known"
            ),
        ),
        ops.AddConstraint(
            model_name="WebHost",
            constraint=CheckConstraint(
                check="(target = 'WEB_ROOT' AND web_root IS NOT NULL AND redirect_url IS NULL AND redirect_code IS NULL) OR (target = 'REDIRECT' AND web_root IS NULL AND redirect_url IS NOT NULL AND redirect_code IN (301, 302, 307, 308))",
                name="web_host_has_what_its_target_needs",
            ),
        ),
        ops.AddConstraint(
            model_name="WebHost",
            constraint=CheckConstraint(check="name = lower(name)", name="web_host_name_lower_case"),
        ),
        ops.AddConstraint(
            model_name="WebHost",
            constraint=CheckConstraint(check="version >= 1", name="web_host_version_counts_up"),
        ),
        ops.RunPython(unique_again("web_host", "domain_id", "name")),
        ops.AddIndex(
            model_name="WebHost",
            index=Index(fields=["customer_id", "package_id", "name", "id"]),
        ),
        ops.AddIndex(
            model_name="WebHost",
            index=Index(fields=["customer_id", "package_id", "created_at", "id"]),
        ),
        ops.CreateModel(
            name="WebSpaceUsage",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_wsu, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="web_space_usage",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "package",
                    fields.ForeignKeyField(
                        "models.Package",
                        source_field="package_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="web_space_usage",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("day", fields.DateField()),
                ("used_mb", fields.IntField()),
            ],
            options={
                "table": "web_space_usage",
                "app": "models",
                "unique_together": (("package_id", "day"),),
                "pk_attr": "id",
                "table_description": "The figure of one day in mebibytes, as it was last measured on it (Europe/Berlin).",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="WebSpaceUsage",
            constraint=CheckConstraint(check="used_mb >= 0", name="web_space_usage_not_negative"),
        ),
        ops.RunPython(unique_again("web_space_usage", "package_id", "day")),
        ops.AddIndex(
            model_name="WebSpaceUsage",
            index=Index(fields=["customer_id", "package_id", "day", "id"]),
        ),
        ops.CreateModel(
            name="WebsiteApp",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_app, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="website_apps",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "package",
                    fields.ForeignKeyField(
                        "models.Package",
                        source_field="package_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="website_apps",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "web_host",
                    fields.ForeignKeyField(
                        "models.WebHost",
                        source_field="web_host_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="website_apps",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "database",
                    fields.ForeignKeyField(
                        "models.HostedDatabase",
                        source_field="database_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="website_apps",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("app", fields.CharField(max_length=32)),
                ("app_version", fields.CharField(max_length=16)),
                ("path", fields.CharField(max_length=255)),
                (
                    "state",
                    fields.CharEnumField(
                        description="INSTALLING: INSTALLING\nINSTALLED: INSTALLED\nUPDATING: UPDATING\nREMOVING: REMOVING\nFAILED: FAILED",
                        enum_type=WebsiteAppState,
                        max_length=16,
                    ),
                ),
                ("username", fields.CharField(max_length=60)),
                ("version", fields.IntField(default=1)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("updated_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "website_app",
                "app": "models",
                "unique_together": (("web_host_id", "path"),),
                "pk_attr": "id",
                "table_description": "An app in a folder of a host name. `app` and `app_version` are of the catalogue, `path` begins with a slash.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="WebsiteApp",
            constraint=CheckConstraint(
                check="state IN ('INSTALLING', 'INSTALLED', 'UPDATING', 'REMOVING', 'FAILED')",
                name="website_app_state_known",
            ),
        ),
        ops.AddConstraint(
            model_name="WebsiteApp",
            constraint=CheckConstraint(check="version >= 1", name="website_app_version_counts_up"),
        ),
        ops.RunPython(unique_again("website_app", "web_host_id", "path")),
        ops.AddIndex(
            model_name="WebsiteApp",
            index=Index(fields=["customer_id", "package_id", "created_at", "id"]),
        ),
        ops.AddIndex(
            model_name="WebsiteApp",
            index=Index(fields=["database_id"]),
        ),
        ops.AddField(
            model_name="Domain",
            name="dkim_public_key",
            field=fields.CharField(null=True, max_length=1024),
        ),
        ops.AddField(
            model_name="Domain",
            name="dkim_selector",
            field=fields.CharField(null=True, max_length=63),
        ),
        ops.AddField(
            model_name="Operation",
            name="with_secrets",
            field=fields.BooleanField(default=False),
        ),
        ops.AddField(
            model_name="Mailbox",
            name="auto_reply_from",
            field=fields.DateField(null=True),
        ),
        ops.AddField(
            model_name="Mailbox",
            name="auto_reply_subject",
            field=fields.CharField(null=True, max_length=160),
        ),
        ops.AddField(
            model_name="Mailbox",
            name="auto_reply_text",
            field=fields.CharField(null=True, max_length=4000),
        ),
        ops.AddField(
            model_name="Mailbox",
            name="auto_reply_to",
            field=fields.DateField(null=True),
        ),
        ops.AddField(
            model_name="Mailbox",
            name="password_changed_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="Mailbox",
            name="spam_filter",
            field=fields.CharEnumField(
                default=SpamFilter.FOLDER,
                description="OFF: OFF\nMARK: MARK\nFOLDER: FOLDER\nREJECT: REJECT",
                enum_type=SpamFilter,
                max_length=8,
            ),
        ),
        ops.AddField(
            model_name="Mailbox",
            name="version",
            field=fields.IntField(default=1),
        ),
        ops.AddField(
            model_name="Mailbox",
            name="virus_filter",
            field=fields.BooleanField(default=True),
        ),
        ops.AddConstraint(
            model_name="Mailbox",
            constraint=CheckConstraint(
                check="spam_filter IN ('OFF', 'MARK', 'FOLDER', 'REJECT')", name="mailbox_spam_filter_known"
            ),
        ),
        ops.AddConstraint(
            model_name="Mailbox",
            constraint=CheckConstraint(check="version >= 1", name="mailbox_version_counts_up"),
        ),
        ops.RunPython(index_again("mailbox", "customer_id", "package_id", "address", "id")),
        ops.RunPython(index_again("mailbox", "customer_id", "package_id", "created_at", "id")),
        ops.AlterField(
            model_name="DnsRecord",
            name="value",
            field=fields.CharField(max_length=16384),
        ),
        ops.RunPython(index_again("dns_record", "customer_id", "domain_id", "name", "id")),
        ops.RunPython(index_again("dns_record", "domain_id", "name", "type")),
        ops.RunPython(index_again("dns_record", "package_id")),
        ops.AddField(
            model_name="PackageType",
            name="backup_limit",
            field=fields.IntField(default=5),
        ),
        ops.AddField(
            model_name="PackageType",
            name="cron_job_limit",
            field=fields.IntField(default=5),
        ),
        ops.AddField(
            model_name="PackageType",
            name="mail_address_limit",
            field=fields.IntField(default=100),
        ),
        ops.AddField(
            model_name="PackageType",
            name="sftp_account_limit",
            field=fields.IntField(default=5),
        ),
        ops.AddField(
            model_name="PackageType",
            name="web_host_limit",
            field=fields.IntField(default=100),
        ),
        ops.AddField(
            model_name="PackageType",
            name="website_app_limit",
            field=fields.IntField(default=5),
        ),
        ops.AddConstraint(
            model_name="PackageType",
            constraint=CheckConstraint(
                check="mail_address_limit >= 0 AND web_host_limit >= 0 AND sftp_account_limit >= 0 AND cron_job_limit >= 0 "
                "AND website_app_limit >= 0 AND backup_limit >= 0",
                name="package_type_further_limits_not_negative",
            ),
        ),
    ]
