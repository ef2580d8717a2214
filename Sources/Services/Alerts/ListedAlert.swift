public import Alerts
public import Base
public import Configuration

/// An alert as it is shown.
public struct ListedAlert: Sendable, Equatable {
    /// How far it is.
    public enum Phase: String, Sendable, CaseIterable {
        /// It fires, and receivers are told.
        case firing
        /// Its condition has been cleared, but not for long enough.
        case recovering
        /// Its condition holds, but not for long enough.
        case pending
        /// It fires, but a silence keeps receivers from being told.
        case silenced
        /// Nothing is known about its subject now.
        case unknown
    }

    /// How far it is.
    public var phase: Phase
    /// The rule and what it is about.
    public var identity: AlertIdentity
    /// How urgent it is.
    public var severity: AlertSeverity
    /// When the condition became true.
    public var since: Moment
    /// When it began to fire; nil while pending.
    public var firedAt: Moment?
    /// The figure, in the measure's unit.
    public var value: Double
    /// One sentence with the figure.
    public var summary: String
    /// Causes and callers, as far as known.
    public var causes: [String], callers: [String]
    /// Summary, causes and callers in the installation's language, if that is not English.
    public var translated: AlertText?
    /// The page that shows it.
    public var path: String

    /// The alerts that the machine remembers: firing ones first, then by urgency and age.
    static func list(_ memory: AlertMemory, _ silences: [AlertSilence], at now: Moment) -> [ListedAlert] {
        let active = silences.filter { $0.isActive(at: now) }
        return memory.states.values.map { ListedAlert($0, active) }.sorted { $0.order < $1.order }
    }

    /// The alerts as the file of the running service has them; empty if it has never run.
    ///
    /// - Throws: `FileError` if the files cannot be read; ``ServiceError`` if one is damaged.
    public static func list(_ settings: Settings) throws -> (alerts: [ListedAlert], at: Moment?) {
        let files = AlertFiles(settings)
        let now = Moment.now
        guard let memory = try files.memory() else { return ([], nil) }
        return (list(memory, try files.silences(at: now), at: now), memory.at)
    }

    private init(_ state: AlertState, _ silences: [AlertSilence]) {
        let isSilenced = state.isFiring && silences.contains { $0.matches(state.identity, state.severity) }
        let plain: Phase =
            switch state.phase {
            case .pending: .pending
            case .firing: .firing
            case .recovering: .recovering
            }
        phase = state.blindSince != nil ? .unknown : isSilenced ? .silenced : plain
        (identity, severity, since, firedAt) = (state.identity, state.severity, state.since, state.firedAt)
        (value, summary) = (state.value, state.summary)
        (causes, callers, path, translated) = (state.causes, state.callers, state.path, state.translated)
    }

    private var order: (Int, Int, Moment, String) {
        let rank = Phase.allCases.firstIndex(of: phase) ?? 0
        let urgency = AlertSeverity.allCases.firstIndex(of: severity) ?? 0
        return (rank, -urgency, since, identity.fingerprint)
    }

    /// Summary, causes and callers for somebody who reads a language: in the installation's language, unless it is English.
    package func text(in language: Language) -> AlertText {
        let english = AlertText(summary: summary, causes: causes, callers: callers)
        return language == .english ? english : translated ?? english
    }

    /// The names of all severities, the least urgent first.
    public static let severityNames = AlertSeverity.allCases.map(\.rawValue)
    /// The severity's name.
    public var severityName: String { severity.rawValue }
    /// The rule's name.
    public var ruleName: String { identity.rule }
    /// The queue that it is about; nil for other alerts.
    public var queue: String? { identity.labels["queue"] }

    /// The alert as an object.
    public var json: JSON {
        .object([
            ("state", .string(phase.rawValue)), ("rule", .string(identity.rule)),
            ("severity", .string(severity.rawValue)),
            ("labels", .object(identity.labels.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })),
            ("since", .string(since.iso8601)), ("fired_at", firedAt.map { .string($0.iso8601) } ?? .null),
            ("value", .number(value)), ("summary", .string(summary)),
            ("causes", .array(causes.map { .string($0) })), ("callers", .array(callers.map { .string($0) })),
            ("path", .string(path)), ("fingerprint", .string(identity.fingerprint)),
        ])
    }
}
