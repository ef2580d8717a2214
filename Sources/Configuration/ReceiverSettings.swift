/// Who is told of alerts, and how.
public struct ReceiverSettings: Sendable, Equatable {
    /// What kind of receiver it is.
    public enum Kind: String, Sendable, CaseIterable, SettingProperty {
        case email, sendmail, webhook, alertmanager, slack, mattermost, telegram, ntfy, pagerduty, template, command
    }

    /// How a connection to a mail server is protected.
    public enum Security: String, Sendable, CaseIterable, SettingProperty {
        case starttls, implicit, none
    }

    /// The name in the configuration.
    public let name: String
    /// What kind it is; one without it is a fault.
    public var kind: Kind?
    /// Where requests go. It may contain a secret, so it must not be shown.
    public var url: String?
    var urlFile: String?
    /// A bearer's token, a bot's token, or an integration key.
    public var token: String?
    var tokenFile: String?
    /// The key with which a webhook is signed.
    public var secret: String?
    var secretFile: String?
    /// The chat of Telegram.
    public var chat: String?
    /// The topic of ntfy.
    public var topic: String?
    /// The template of a request's body.
    public var body: String?
    /// The media type of that body.
    public var contentType = "application/json"
    /// A program with its arguments.
    public var command: [String] = []
    /// The sender of mails.
    public var from: String?
    /// The recipients of mails.
    public var to: [String] = []
    /// The mail server.
    public var host: String?
    /// The mail server's port; nil for the usual one.
    public var port: Int?
    /// How the connection to it is protected.
    public var security = Security.starttls
    /// The user to log in to it as; nil for no login.
    public var username: String?
    /// That user's password.
    public var password: String?
    var passwordFile: String?
    /// The program that sends mails.
    public var program = "/usr/sbin/sendmail"
    /// A PEM file to trust instead of the system's authorities.
    public var caFile: String?
    /// Seconds that an attempt may take.
    public var timeout = 10.0
    /// The receiver that is told as well while this one fails.
    public var fallback: String?
    /// Whether it gets a message once a day.
    public var signOfLife = false

    /// The defaults of a receiver.
    public init(name: String) { self.name = name }
}

extension ReceiverSettings {
    static let table = SettingsTable(
        "alerts.receivers.*",
        exampleName: "leads",
        """
        A receiver of alerts: somebody who is told, and how. `crm-voip alerts send-test NAME` sends it a message; \
        `docs/alerts.md` has an example of each type.
        """,
        fills: ReceiverSettings(name: ""),
        keys: [.init("type", .choice(of: Kind.self), \.kind, example: .email, "The way in which it is told.")]
            + requestKeys + mailKeys + deliveryKeys
    )

    private static let requestKeys: [SettingKey<ReceiverSettings>] = [
        .init(
            "url",
            .secret,
            \.url,
            example: "https://hooks.example.com/services/…",
            "Where requests go. Anybody who knows the URL of a webhook can use it, so it is kept as a secret."
        ),
        .init(
            "url_file",
            .path,
            \.urlFile,
            example: "/etc/crm-voip/leads.url",
            weakerThan: "url",
            "A file whose first line is the URL."
        ),
        .init(
            "token",
            .secret,
            \.token,
            example: "…",
            "The token of a Telegram bot, the integration key of PagerDuty, or a token sent as `Authorization: Bearer`."
        ),
        .init(
            "token_file",
            .path,
            \.tokenFile,
            example: "/etc/crm-voip/leads.token",
            weakerThan: "token",
            "A file whose first line is the token."
        ),
        .init("secret", .secret, \.secret, example: "…", "The key with which the body of a `webhook` is signed."),
        .init(
            "secret_file",
            .path,
            \.secretFile,
            example: "/etc/crm-voip/leads.secret",
            weakerThan: "secret",
            "A file whose first line is that key."
        ),
        .init("chat", .text, \.chat, example: "-1001234567890", "The chat of Telegram: its number, or `@channel`."),
        .init("topic", .secret, \.topic, example: "…", "The topic of ntfy. Anybody who knows it can read it."),
        .init(
            "body",
            .text,
            \.body,
            example: "{\"content\": \"{{title}}\"}",
            "The body of a `template`, with `{{names}}` for parts of the message."
        ),
        .init(
            "content_type",
            .text,
            \.contentType,
            example: "application/x-www-form-urlencoded",
            "The media type of that body. Values are escaped for JSON, or for a form if the type says so."
        ),
        .init(
            "command",
            .texts,
            \.command,
            example: ["/usr/local/bin/sms", "+4930123456"],
            "The path of a program and its arguments; no shell is involved."
        ),
    ]

    private static let mailKeys: [SettingKey<ReceiverSettings>] = [
        .init("from", .text, \.from, example: "PBX <pbx@example.com>", "The sender of mails."),
        .init("to", .texts, \.to, example: ["leads@example.com"], "The recipients of mails."),
        .init("smtp_host", .text, \.host, example: "mail.example.com", "The mail server of type `email`."),
        .init(
            "smtp_port",
            .integer(1...65_535),
            \.port,
            example: 2525,
            "Its port. If it is not set: 587 with `starttls`, 465 with `implicit`, 25 with `none`."
        ),
        .init(
            "smtp_security",
            .choice(of: Security.self),
            \.security,
            example: .implicit,
            "Whether TLS begins after the greeting (`starttls`), at once (`implicit`), or never."
        ),
        .init("username", .text, \.username, example: "pbx@example.com", "The user to log in as; never without TLS."),
        .init("password", .secret, \.password, example: "…", "That user's password."),
        .init(
            "password_file",
            .path,
            \.passwordFile,
            example: "/etc/crm-voip/mail.password",
            weakerThan: "password",
            "A file whose first line is the password."
        ),
        .init(
            "sendmail",
            .path,
            \.program,
            example: "/usr/bin/msmtp",
            """
            The program of type `sendmail`; it is called with `-t -i`. Those of Postfix and Exim do not work in a service \
            with `NoNewPrivileges`.
            """
        ),
    ]

    private static let deliveryKeys: [SettingKey<ReceiverSettings>] = [
        .init(
            "ca_file",
            .path,
            \.caFile,
            example: "/etc/crm-voip/ca.pem",
            "The certificate authority to trust instead of the system's; certificates are always verified."
        ),
        .init("timeout", .seconds(1...300), \.timeout, example: 30, "How long an attempt to deliver may take."),
        .init(
            "fallback",
            .text,
            \.fallback,
            example: "sms",
            "The receiver that is told as well once this one has failed for ten minutes, or refused a message."
        ),
        .init(
            "sign_of_life",
            .boolean,
            \.signOfLife,
            example: true,
            "Whether it gets a message once a day, so that its absence is noticed."
        ),
    ]
}

extension Settings {
    /// The receivers of alerts, in the order of their names.
    ///
    /// - Throws: ``ConfigurationError`` for an unusable file of a secret.
    public func receivers() throws(ConfigurationError) -> [ReceiverSettings] {
        var receivers: [ReceiverSettings] = []
        // A table without any key, as in the commented file, does not count.
        for name in names(in: ["alerts", "receivers"]) where isSet(under: ["alerts", "receivers", name]) {
            var receiver = read(ReceiverSettings.table, named: name, over: ReceiverSettings(name: name))
            let path = ["alerts", "receivers", name]
            if receiver.urlFile != nil { receiver.url = try secret(inFileOf: path + ["url_file"]) }
            if receiver.tokenFile != nil { receiver.token = try secret(inFileOf: path + ["token_file"]) }
            if receiver.secretFile != nil { receiver.secret = try secret(inFileOf: path + ["secret_file"]) }
            if receiver.passwordFile != nil { receiver.password = try secret(inFileOf: path + ["password_file"]) }
            receivers.append(receiver)
        }
        return receivers
    }
}
