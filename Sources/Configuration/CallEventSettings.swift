/// Which software is told about calls, and of what.
public struct CallEventSettings: Sendable, Equatable {
    /// The name in the configuration.
    public let name: String
    /// Where requests go. It may contain a secret, so it must not be shown.
    public var url: String?
    var urlFile: String?
    /// The key with which bodies are signed.
    public var secret: String?
    var secretFile: String?
    /// Receivers of alerts that are told as well.
    public var receivers: [String] = []
    /// The kinds of events.
    public var events = Self.usual
    /// The PBXs, queues and directions; empty for all.
    public var pbxs: [String] = [], queues: [String] = [], directions: [String] = []
    /// After how many seconds the news that something rings is of no use.
    public var keep = 60.0

    /// The defaults.
    public init(name: String) { self.name = name }

    /// All kinds of events.
    public static let kinds = usual + ["pop.open", "pop.close"]
    private static let usual = ["call.ringing", "call.answered", "call.ended", "call.lost", "call.missed"]
}

/// Who gets a list of the calls that nobody answered.
public struct MissedCallSettings: Sendable, Equatable {
    /// Whether numbers are shown as they are.
    public enum Numbers: String, Sendable, CaseIterable, SettingProperty {
        case full, masked
    }

    /// The name in the configuration.
    public let name: String
    /// Names of receivers of alerts.
    public var receivers: [String] = []
    /// Seconds between two lists.
    public var every = 1800.0
    /// The PBXs and queues; empty for all.
    public var pbxs: [String] = [], queues: [String] = []
    /// How numbers are shown.
    public var numbers = Numbers.full

    /// The defaults.
    public init(name: String) { self.name = name }
}

extension CallEventSettings {
    static let table = SettingsTable(
        "call_events.*",
        exampleName: "crm",
        "Software that `serve` or `alerts run` tells about calls; see `docs/call-events.md`.",
        fills: CallEventSettings(name: ""),
        keys: [
            .init(
                "url",
                .secret,
                \.url,
                example: "https://crm.example.com/hooks/calls",
                "Where events are sent, each as one POST request with a JSON object."
            ),
            .init(
                "url_file",
                .path,
                \.urlFile,
                example: "/etc/crm-voip/crm.url",
                weakerThan: "url",
                "A file whose first line is that URL."
            ),
            .init("secret", .secret, \.secret, example: "…", "The key with which each body is signed (HMAC-SHA256)."),
            .init(
                "secret_file",
                .path,
                \.secretFile,
                example: "/etc/crm-voip/crm.secret",
                weakerThan: "secret",
                "A file whose first line is that key."
            ),
            .init(
                "receivers",
                .texts,
                \.receivers,
                example: ["crm"],
                "Names of `[alerts.receivers.NAME]` that are told, instead of a URL or as well."
            ),
            .init(
                "events",
                .texts,
                \.events,
                example: ["call.missed", "call.lost"],
                "What is told: `\(kinds.joined(separator: "`, `"))`."
            ),
            .init("pbxs", .texts, \.pbxs, example: ["main"], "The PBXs; all if it is not set."),
            .init(
                "queues",
                .texts,
                \.queues,
                example: ["support"],
                "The queues; all calls if it is not set. A `*` at the end stands for any ending."
            ),
            .init(
                "directions",
                .texts,
                \.directions,
                example: ["inbound"],
                "Any of `inbound`, `outbound`, `internal`, `unknown`; all if it is not set."
            ),
            .init(
                "keep",
                .seconds(1...86_400),
                \.keep,
                example: 20,
                "After how long `call.ringing` and `pop.open` are dropped if they cannot be delivered. The others are tried for a day."
            ),
        ]
    )
}

extension MissedCallSettings {
    static let table = SettingsTable(
        "missed_calls.*",
        exampleName: "office",
        "Lists of the calls that nobody answered and that have not been answered since; see `docs/call-events.md`.",
        fills: MissedCallSettings(name: ""),
        keys: [
            .init(
                "receivers",
                .texts,
                \.receivers,
                example: ["leads"],
                "Who gets the list: names of `[alerts.receivers.NAME]`."
            ),
            .init(
                "every",
                .seconds(60...86_400),
                \.every,
                example: 3600,
                "How often a list is sent, if there is something in it."
            ),
            .init("pbxs", .texts, \.pbxs, example: ["main"], "The PBXs; all if it is not set."),
            .init(
                "queues",
                .texts,
                \.queues,
                example: ["support"],
                "The queues; calls without a queue, too, if it is not set. A `*` at the end stands for any ending."
            ),
            .init(
                "numbers",
                .choice(of: Numbers.self),
                \.numbers,
                example: .masked,
                "Whether numbers are `full`, or `masked` and without names."
            ),
        ]
    )
}

extension Settings {
    /// The software that is told about calls, in the order of the names.
    ///
    /// - Throws: ``ConfigurationError`` for an unusable file of a secret.
    public func callEvents() throws(ConfigurationError) -> [CallEventSettings] {
        var all: [CallEventSettings] = []
        // A table without any key, as in the commented file, does not count.
        for name in names(in: ["call_events"]) where isSet(under: ["call_events", name]) {
            var section = read(CallEventSettings.table, named: name, over: CallEventSettings(name: name))
            let path = ["call_events", name]
            if section.urlFile != nil { section.url = try secret(inFileOf: path + ["url_file"]) }
            if section.secretFile != nil { section.secret = try secret(inFileOf: path + ["secret_file"]) }
            all.append(section)
        }
        return all
    }

    /// Who gets lists of missed calls, in the order of the names.
    public var missedCalls: [MissedCallSettings] {
        names(in: ["missed_calls"]).filter { isSet(under: ["missed_calls", $0]) }
            .map { read(MissedCallSettings.table, named: $0, over: MissedCallSettings(name: $0)) }
    }

    /// Faults of the tables `call_events` and `missed_calls`; each names its key.
    public func callEventFaults() throws(ConfigurationError) -> [ConfigurationError] {
        let receivers = try receivers()
        var faults: [ConfigurationError] = []
        func fault(_ path: [String], _ message: String) {
            let text = "\(DottedPath.written(path)) \(message)"
            faults.append(ConfigurationError(.badValue, text, at: values[path]?.origin))
        }
        func check(_ path: [String], _ words: [String], _ known: [String]) {
            for word in words where !known.contains(word) {
                fault(path, "names \(word). Known: \(known.joined(separator: ", ")).")
            }
        }
        for section in try callEvents() {
            let path = ["call_events", section.name]
            if section.url == nil, section.receivers.isEmpty {
                fault(path + ["url"], "and receivers are not set. Set one of them.")
            }
            if section.url == nil, section.secret != nil {
                fault(path + ["secret"], "has no effect without url. Remove it.")
            }
            if let url = section.url, !["http://", "https://"].contains(where: url.hasPrefix) {
                fault(path + ["url"], "should begin with https:// or http://.")
            }
            check(path + ["events"], section.events, CallEventSettings.kinds)
            check(path + ["directions"], section.directions, ["inbound", "outbound", "internal", "unknown"])
            check(path + ["receivers"], section.receivers, receivers.map(\.name))
            for receiver in receivers where section.receivers.contains(receiver.name) {
                if receiver.kind == .alertmanager || receiver.kind == .pagerduty {
                    fault(
                        path + ["receivers"],
                        "names \(receiver.name), whose type is for alerts only. Name another one."
                    )
                }
            }
        }
        for section in missedCalls {
            let path = ["missed_calls", section.name]
            if section.receivers.isEmpty { fault(path + ["receivers"], "is not set.") }
            check(path + ["receivers"], section.receivers, receivers.map(\.name))
        }
        return faults
    }
}
