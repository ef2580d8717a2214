extension KeyTable {
    static let managerInterface = TableDeclaration(
        "pbx.*.ami",
        exampleName: "main",
        "The Asterisk Manager Interface of the PBX, as in its manager.conf.",
        keys: [
            .init("host", .text, standard: .text("127.0.0.1"), example: .text("pbx.example.com"), "The PBX."),
            .init(
                "port",
                .integer(1...65_535),
                example: .integer(15038),
                "`port` or, with TLS, `tlsbindaddr`'s port of manager.conf. Without it 5038, with TLS 5039."
            ),
            .init("username", .text, example: .text("crm-voip"), "The name of the section in manager.conf."),
            .init("secret", .text, example: .text("…"), secrecy: .secret, "The secret of that section."),
            .init(
                "secret_file",
                .path,
                example: .text("/etc/crm-voip/ami.secret"),
                "A file whose first line is the secret."
            ),
            .init(
                "tls",
                .boolean,
                standard: .boolean(false),
                example: .boolean(true),
                "Whether to speak TLS; the PBX's certificate is always verified."
            ),
            .init(
                "ca_file",
                .path,
                example: .text("/etc/crm-voip/pbx-ca.pem"),
                "The authority, or the self-signed certificate, to trust instead of the system's."
            ),
            .init(
                "connect_timeout",
                .seconds(0.1...600),
                standard: .number(5),
                example: .number(10),
                "How long connecting and logging in may take."
            ),
            .init(
                "action_timeout",
                .seconds(0.1...600),
                standard: .number(10),
                example: .number(30),
                "How long the PBX may take to answer an action."
            ),
            .init(
                "reconnect_delay",
                .seconds(0.1...600),
                standard: .number(1),
                example: .number(5),
                "The first pause before a lost connection is made again; it doubles up to a minute."
            ),
            .init(
                "event_buffer",
                .integer(100...10_000_000),
                standard: .integer(20_000),
                example: .integer(100_000),
                "How many events may wait for a slow reader before any is dropped and counted."
            ),
            .init(
                "encoding",
                .choice(["utf-8", "latin1", "cp1250", "cp1251", "cp1254"]),
                standard: .text("utf-8"),
                example: .text("cp1251"),
                "The encoding of names in events that are not UTF-8."
            ),
        ]
    )

    static let dialGuard = TableDeclaration(
        "pbx.*.dial_guard",
        exampleName: "main",
        "What orders may make the PBX do. An order that is not allowed ends with exit status 77; see security.md.",
        keys: [
            .init(
                "allow",
                .texts,
                standard: .list([]),
                example: .list(["1XX", "+7."]),
                "Dialplan patterns of numbers that may be dialled; without any, all numbers."
            ),
            .init(
                "deny",
                .texts,
                standard: .list([]),
                example: .list(["112", "+7900."]),
                "Dialplan patterns that may not, whatever else is allowed."
            ),
            .init(
                "countries",
                .texts,
                standard: .list([]),
                example: .list(["RU", "KZ"]),
                "Countries that may be called besides the PBX's own."
            ),
            .init(
                "premium",
                .boolean,
                standard: .boolean(false),
                example: .boolean(true),
                "Whether premium-rate and shared-cost numbers may be called."
            ),
            .init(
                "international",
                .boolean,
                standard: .boolean(false),
                example: .boolean(true),
                "Whether any country may be called."
            ),
            .init(
                "technologies",
                .texts,
                standard: .list([]),
                example: .list(["PJSIP", "Local"]),
                "Channel technologies that may be used; without any, all."
            ),
            .init(
                "contexts",
                .texts,
                standard: .list([]),
                example: .list(["from-internal"]),
                "Dialplan contexts that may be entered; without any, all but those that lead outside."
            ),
            .init(
                "applications",
                .texts,
                standard: .list([
                    "BackGround", "ConfBridge", "Echo", "MusicOnHold", "Park", "Playback", "Queue",
                    "SayDigits", "Wait",
                ]),
                example: .list(["Playback", "Queue"]),
                "Applications that a call may be connected to. The default ones get plain arguments only."
            ),
            .init(
                "variables",
                .texts,
                standard: .list([]),
                example: .list(["ORDER", "CUSTOMER"]),
                "Channel variables that may be set to anything; without any, those whose value is no refused number."
            ),
            .init(
                "transfer",
                .texts,
                standard: .list([]),
                example: .list(["1XX", "8XX"]),
                "Dialplan patterns of extensions that calls may be transferred to; without any, all that may be dialled."
            ),
            .init(
                "spy",
                .texts,
                standard: .list([]),
                example: .list(["PJSIP/200", "PJSIP/201 PJSIP/3*"]),
                "Who may hear whom: a supervisor's device, then those it may hear, or none for all. Empty: nobody."
            ),
            .init(
                "per_minute",
                .integer(0...1_000_000),
                standard: .integer(30),
                example: .integer(10),
                "How many calls may be started in a minute; 0 is no limit."
            ),
            .init(
                "per_day",
                .integer(0...100_000_000),
                standard: .integer(2_000),
                example: .integer(500),
                "How many calls may be started in 24 hours; 0 is no limit."
            ),
            .init(
                "at_once",
                .integer(0...1_000_000),
                standard: .integer(10),
                example: .integer(2),
                "How many started calls may be up at once; 0 is no limit."
            ),
            .init(
                "audit_log",
                .path,
                example: .text("/var/log/crm-voip/originate.log"),
                "Where every order and its outcome is written; `originate.log` in the data directory if it is not set."
            ),
            .init(
                "audit_numbers",
                .boolean,
                standard: .boolean(false),
                example: .boolean(true),
                "Whether numbers are written there in full; else the last four digits are `x`."
            ),
        ]
    )
}
