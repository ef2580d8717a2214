extension KeyTable {
    static let pbx = TableDeclaration(
        "pbx.*",
        exampleName: "main",
        """
        A PBX and where its records lie. The name is yours; commands mean `main`, or the only one there is, where none \
        is named.
        """,
        keys: [
            .init(
                "timezone",
                .timeZone,
                example: .text("Europe/Moscow"),
                "The zone of the PBX's clock. Without it the zone is found from the uniqueids, which hold epochs."
            ),
            .init(
                "csv",
                .paths,
                standard: .list([]),
                example: .list(["/var/log/asterisk/cdr-csv/Master.csv*"]),
                "CDR files of cdr_csv or cdr_custom, rotated and `.gz` ones too."
            ),
            .init(
                "csv_timezone",
                .timeZone,
                example: .text("UTC"),
                "The zone of the CDR files where it is not the PBX's: `UTC` if cdr.conf says `usegmtime=yes`."
            ),
            .init(
                "layout",
                .text,
                standard: .text("auto"),
                example: .text("csv+uniqueid+userfield"),
                "The columns of the CDR files; `auto` finds them by their shape, `crm-voip inspect FILE` shows them."
            ),
            .init(
                "queue_log",
                .paths,
                standard: .list([]),
                example: .list(["/var/log/asterisk/queue_log*"]),
                "queue_log files, rotated and `.gz` ones too."
            ),
            .init(
                "encoding",
                .choice(["utf-8", "latin1", "cp1250", "cp1251", "cp1254"]),
                standard: .text("utf-8"),
                example: .text("cp1251"),
                """
                The encoding of names in the files, where they are not UTF-8. With `utf-8` other encodings are told by their \
                letters, with a warning.
                """
            ),
            .init(
                "extensions",
                .extensions,
                standard: .list([]),
                example: .list(["3", "100-199"]),
                """
                What an extension looks like: a length (`3`), lengths (`3-4`), a range of numbers (`100-199`), a \
                dialplan pattern (`1XX`), or several of them.
                """
            ),
            .init(
                "outside_prefix",
                .text,
                example: .text("9"),
                "What users dial before an outside number; it is no part of the number."
            ),
            .init(
                "international_prefix",
                .text,
                example: .text("810"),
                "What is dialled before a country code, if it is not the region's own."
            ),
            .init(
                "national_prefix",
                .text,
                example: .text("8"),
                "What is dialled before an area code, if it is not the region's own."
            ),
            .init(
                "region",
                .region,
                example: .text("RU"),
                "The country whose numbers are written without a country code."
            ),
            .init(
                "inbound_contexts",
                .texts,
                standard: .list([]),
                example: .list(["from-trunk"]),
                "Dialplan contexts in which calls come from outside."
            ),
            .init(
                "outbound_contexts",
                .texts,
                standard: .list([]),
                example: .list(["from-internal-outbound"]),
                "Dialplan contexts in which calls go outside."
            ),
            .init(
                "internal_contexts",
                .texts,
                standard: .list([]),
                example: .list(["from-internal"]),
                "Dialplan contexts of the extensions."
            ),
            .init(
                "ignored_contexts",
                .texts,
                standard: .list([]),
                example: .list(["hotdesk"]),
                "Dialplan contexts whose legs belong to their calls and tell nothing about them."
            ),
        ]
    )

    static let cdrDatabase = TableDeclaration(
        "pbx.*.cdr_database",
        exampleName: "main",
        """
        The MySQL or MariaDB database in which the PBX keeps its CDRs. What is not set here is taken from the group \
        `defaults_group` of my.cnf.
        """,
        keys: [
            .init("host", .text, example: .text("pbx.example.com"), "The server; without it the socket is used."),
            .init(
                "port",
                .integer(1...65_535),
                standard: .integer(3306),
                example: .integer(3307),
                "The server's port."
            ),
            .init("socket", .path, example: .text("/run/mysqld/mysqld.sock"), "The server's socket."),
            .init(
                "database",
                .text,
                standard: .text("asteriskcdrdb"),
                example: .text("asterisk"),
                "The name of the database."
            ),
            .init("user", .text, example: .text("crm_voip"), "A user that may SELECT."),
            .init("password", .text, example: .text("…"), secrecy: .secret, "The user's password."),
            .init(
                "password_file",
                .path,
                example: .text("/etc/crm-voip/cdr.password"),
                "A file whose first line is the password."
            ),
            .init(
                "defaults_file",
                .path,
                example: .text("/etc/crm-voip/my.cnf"),
                "A my.cnf to read instead of the usual."
            ),
            .init(
                "defaults_group",
                .text,
                standard: .text("crm-voip"),
                example: .text("pbx"),
                "The group of my.cnf that is read besides `[client]`."
            ),
            .init("table", .text, standard: .text("cdr"), example: .text("bit_cdr"), "The table of CDRs."),
            .init(
                "columns",
                .texts,
                standard: .list([]),
                example: .list(["start=call_time", "src=caller", "dst=callee"]),
                """
                Columns of the table of CDRs that have other names than Asterisk and FreePBX give them, each as \
                `name=column`. The names are those of `CDR()`.
                """
            ),
            .init(
                "queue_log_columns",
                .texts,
                standard: .list([]),
                example: .list(["time=at", "queuename=queue_id"]),
                """
                Columns of the table of queue events that have other names than `time`, `callid`, `queuename`, `agent`, \
                `event`, `data1` to `data5`, each as `name=column`.
                """
            ),
            .init("queue_log_table", .text, example: .text("queue_log"), "The table of queue events, if there is one."),
            .init(
                "timezone",
                .timeZone,
                example: .text("UTC"),
                "The zone of the times in the tables where it is not the PBX's."
            ),
            .init(
                "tls",
                .choice(["off", "prefer", "verify"]),
                standard: .text("prefer"),
                example: .text("verify"),
                "Whether the connection is encrypted, and the server's certificate verified."
            ),
            .init(
                "ca_file",
                .path,
                example: .text("/etc/crm-voip/mysql-ca.pem"),
                "The authority that `verify` trusts."
            ),
        ]
    )
}
