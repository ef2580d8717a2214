public import Base

/// The result of `health`.
public struct HealthReport: Sendable, Equatable {
    /// The state of a part or figure. `skipped` means not measured, for a reason that is not a fault.
    public enum State: String, Sendable {
        case ok, warning, critical, unknown, skipped

        /// The order of severity: a value that cannot be measured is worse than a warning.
        public var rank: Int {
            switch self {
            case .skipped: 0
            case .ok: 1
            case .warning: 2
            case .unknown: 3
            case .critical: 4
            }
        }

        /// The number used by Nagios and Prometheus.
        public var number: Int {
            switch self {
            case .ok, .skipped: 0
            case .warning: 1
            case .critical: 2
            case .unknown: 3
            }
        }
    }

    /// One figure.
    public struct Measure: Sendable, Equatable {
        /// Its name in the configuration, such as `queue_wait`.
        public var name: String
        /// What it belongs to, such as a queue; nil for the whole PBX.
        public var subject: String?
        /// The figure.
        public var value: Double
        /// `s`, `ms`, `%` or nothing.
        public var unit: String
        /// Values in this range raise no warning.
        public var warning: NagiosRange?
        /// Values in this range are not critical.
        public var critical: NagiosRange?

        /// A figure.
        public init(_ name: String, _ value: Double, unit: String = "", subject: String? = nil) {
            self.name = name
            self.value = value
            self.unit = unit
            self.subject = subject
        }

        /// The state of the figure.
        public var state: State {
            if critical?.alarms(value) ?? false { return .critical }
            return warning?.alarms(value) ?? false ? .warning : .ok
        }
    }

    /// A phone, a trunk, or a registration with a provider.
    public struct Line: Sendable, Equatable {
        /// Its name.
        public var name: String
        /// Whether a call could reach it; nil if that is unknown.
        public var isReachable: Bool?
        /// Whether the provider has accepted it; nil for a phone or a trunk.
        public var isRegistered: Bool?

        /// A line in a state.
        public init(name: String, isReachable: Bool? = nil, isRegistered: Bool? = nil) {
            (self.name, self.isReachable, self.isRegistered) = (name, isReachable, isRegistered)
        }
    }

    /// One part of the report.
    public struct Section: Sendable, Equatable {
        /// Its name.
        public var name: String
        /// Its state: from its own finding or its worst figure.
        public var state: State
        /// One sentence; for a skipped section, the reason.
        public var summary: String
        /// Its figures.
        public var measures: [Measure]
        /// The names of trunks or endpoints that do not work.
        public var failing: [String] = []
        /// The lines that it is about, in the PBX's order; at most ``mostLines``.
        public var lines: [Line] = []
        /// The most lines that a part has.
        public static let mostLines = 2_000

        /// A part.
        public init(_ name: String, _ state: State, _ summary: String, _ measures: [Measure] = []) {
            self.name = name
            self.summary = summary
            self.measures = measures
            self.state = measures.map(\.state).reduce(state) { $0.rank < $1.rank ? $1 : $0 }
        }
    }

    /// The parts, in a fixed order.
    public var sections: [Section]
    /// When it was made.
    public var time: Moment

    /// A report made of these parts.
    public init(sections: [Section], time: Moment) {
        self.sections = sections
        self.time = time
    }

    /// The worst state of all parts; `unknown` if nothing was measured.
    public var state: State {
        let worst = sections.map(\.state).max { $0.rank < $1.rank } ?? .unknown
        return worst == .skipped ? .unknown : worst
    }

    /// All possible parts of a report, in order.
    public static let parts = [
        "connection", "core", "clock", "channels", "queues", "endpoints", "registrations", "quality", "privileges",
    ]

    /// Marks parts that must be measured: a required part that was skipped or is missing counts as unknown.
    public mutating func require(_ names: [String]) {
        for name in names {
            if let index = sections.firstIndex(where: { $0.name == name }) {
                if sections[index].state == .skipped { sections[index].state = .unknown }
            } else {
                sections.append(Section(name, .unknown, "required, but not checked"))
            }
        }
    }
}
