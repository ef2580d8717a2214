extension KeyTable {
    static let warehouse = TableDeclaration(
        "warehouse",
        "The PostgreSQL that holds the calls. With neither `url` nor `service`, crm-voip runs one of its own.",
        keys: [
            .init(
                "url",
                .url,
                example: .text("postgresql://crm_voip@db.example.com/crm_voip"),
                secrecy: .mayHoldPassword,
                "A libpq connection URL; passwords are better kept in `~/.pgpass`."
            ),
            .init("service", .text, example: .text("crm-voip"), "A service of `pg_service.conf`."),
            .init(
                "data_directory",
                .path,
                example: .text("/srv/crm-voip"),
                """
                Where the embedded server and other state live. If not set: for root `/var/lib/crm-voip`, else \
                `$XDG_DATA_HOME/crm-voip` or `~/.local/share/crm-voip`. The variable `CRM_VOIP_DATA` sets it too.
                """
            ),
            .init(
                "keep",
                .boolean,
                standard: .boolean(false),
                example: .boolean(true),
                "Whether the embedded server is left running for the next command."
            ),
        ]
    )

    static let contacts = TableDeclaration(
        "contacts",
        "The CRM's contacts: a CSV file, or a database with a preset or a query.",
        keys: [
            .init(
                "csv",
                .paths,
                standard: .list([]),
                example: .list(["/srv/crm/contacts.csv"]),
                "CSV files with the columns `kind,id,name,phone` and, if there are, `company,owner,extension`."
            ),
            .init(
                "url",
                .url,
                example: .text("postgresql://crm_voip@crm.example.com/crm"),
                secrecy: .mayHoldPassword,
                "The CRM's database: `postgresql://` or `mysql://`."
            ),
            .init("password", .text, example: .text("…"), secrecy: .secret, "The password of the URL's user."),
            .init(
                "password_file",
                .path,
                example: .text("/etc/crm-voip/crm.password"),
                "A file whose first line is the password."
            ),
            .init(
                "preset",
                .choice(["djangocrm", "suitecrm", "espocrm", "odoo", "vtiger"]),
                example: .text("djangocrm"),
                "The CRM whose tables the database has."
            ),
            .init("query", .text, example: .text("select …"), "A query of your own instead of a preset."),
            .init(
                "region",
                .region,
                example: .text("RU"),
                "The country whose numbers the CRM writes without a country code; the PBX's if it is not set."
            ),
        ]
    )

    static let reports = TableDeclaration(
        "reports",
        "How reports count.",
        keys: [
            .init(
                "timezone",
                .timeZone,
                example: .text("Europe/Moscow"),
                "The zone in which days and hours are counted; the PBX's if it is not set."
            ),
            .init(
                "directory",
                .path,
                example: .text("/etc/crm-voip/reports"),
                "Where reports of your own lie; one with the name of a built-in report wins over it."
            ),
            .init(
                "service_level_variant",
                .choice(["offered", "answered", "answered_abandoned", "with_abandoned"]),
                standard: .text("offered"),
                example: .text("answered"),
                "Which calls the service level is a share of."
            ),
        ] + queueKeys
    )

    static let reportQueues = TableDeclaration(
        "reports.queues.*",
        exampleName: "support",
        "What differs for one queue.",
        keys: queueKeys.map { key in
            var key = key
            key.standard = nil
            return key
        }
    )

    private static let queueKeys: [TableDeclaration.Key] = [
        .init(
            "service_level",
            .seconds(0...86_400),
            standard: .number(20),
            example: .number(30),
            "A call answered after at most this long was answered in time."
        ),
        .init(
            "short_abandon",
            .seconds(0...86_400),
            standard: .number(5),
            example: .number(10),
            "Who hangs up in less than this was not lost."
        ),
        .init(
            "wrapup",
            .seconds(0...86_400),
            standard: .number(0),
            example: .number(15),
            "How long an agent is busy after a call: `wrapuptime` of queues.conf."
        ),
    ]

    static let etl = TableDeclaration(
        "etl",
        "How calls are loaded.",
        keys: [
            .init(
                "days",
                .integer(1...36_500),
                standard: .integer(7),
                example: .integer(30),
                "How many days back are read where the command names no window."
            ),
            .init(
                "every",
                .seconds(1...604_800),
                example: .number(300),
                "Run as a service: load again after this long."
            ),
            .init(
                "batch_rows",
                .integer(100...1_000_000),
                standard: .integer(7_500),
                example: .integer(5_000),
                "How many legs are held in memory and merged at once."
            ),
            .init(
                "rejects",
                .path,
                example: .text("/var/log/crm-voip/rejects.csv"),
                "Where records that could not be loaded are also written, as they stand."
            ),
        ]
    )
}
