import Alerts
public import Base
public import Configuration

/// A rule for staffing as it is shown.
public struct StaffingStatus: Sendable, Equatable {
    /// How far a rule is.
    public enum Phase: String, Sendable, CaseIterable {
        /// See `StaffingState.Phase`.
        case normal, pending, staffed, recovering
        /// Nothing is known about the queue now.
        case unknown
        /// It is not in force.
        case off
    }

    /// A member that it has put in.
    public struct Member: Sendable, Equatable {
        /// Its interface, with the end of a number hidden.
        public var interface: String
        /// Its name; empty if there is none.
        public var name: String
        /// Since when it has been in; nil while that is not certain.
        public var since: Moment?
        /// Whether it is uncertain whether the member is still the rule's.
        public var isDoubtful: Bool
    }

    /// The rule's name.
    public var rule: String
    /// The PBX and the queue.
    public var pbx: String, queue: String
    /// What it does.
    public var action: StaffingAction
    /// Whether it only says what it would do.
    public var isDryRun: Bool
    /// How far it is, and since when; nil while it is normal or off.
    public var phase: Phase, since: Moment?
    /// The last figure, in the measure's unit and in a sentence; nil while it is normal or off.
    public var value: Double?, summary: String?
    /// The sentence in the installation's language, if that is not English.
    public var translated: String?
    /// Why its orders fail; nil unless they do.
    public var trouble: String?
    /// The most members.
    public var most: Int
    /// Whom it has put in.
    public var members: [Member]

    /// The rules in force and those that still have members, by name.
    static func list(_ rules: [StaffingRule], _ memory: StaffingMemory) -> [StaffingStatus] {
        var all = rules.map { StaffingStatus($0, memory) }
        let known = Set(rules.map(\.name))
        let others = Dictionary(grouping: memory.placements.filter { !known.contains($0.rule) }, by: \.rule)
        for (name, placements) in others {
            guard let first = placements.first else { continue }
            let condition = AlertRule(name, .queueCallers, NagiosRange(low: 0, high: .infinity))
            var rule = StaffingRule(name, pbx: first.pbx, queue: first.queue, first.action, when: condition)
            rule.isDryRun = first.isDry
            var status = StaffingStatus(rule, memory)
            (status.phase, status.since, status.value, status.summary) = (.off, nil, nil, nil)
            all.append(status)
        }
        return all.sorted { $0.rule < $1.rule }
    }

    /// The rules as the file of the running service has them, and when they were last evaluated; nil if never.
    ///
    /// - Throws: `ConfigurationError` and ``ServiceError`` for an invalid rule or a damaged file; `FileError`.
    public static func list(_ settings: Settings) throws -> (rules: [StaffingStatus], at: Moment?) {
        let memory = try StaffingFiles(settings).memory()
        let rules = try settings.staffingRules()
        return (list(rules, memory ?? StaffingMemory(at: Moment.now)), memory?.at)
    }

    private init(_ rule: StaffingRule, _ memory: StaffingMemory) {
        (self.rule, pbx, queue, action) = (rule.name, rule.pbx, rule.queue, rule.action)
        (isDryRun, most) = (rule.isDryRun, rule.most)
        let state = memory.rules[rule.name]
        phase = state.flatMap { $0.blindSince == nil ? Phase(rawValue: $0.phase.rawValue) : .unknown } ?? .normal
        if let state {
            (since, value, summary, translated) = (state.since, state.value, state.summary, state.translated)
        }
        trouble = state?.trouble?.reason
        members = memory.placements.filter { $0.rule == rule.name }.map { placement in
            Member(
                interface: placement.shownInterface,
                name: placement.name,
                since: placement.since,
                isDoubtful: placement.isDoubtful
            )
        }
    }

    /// The rule as an object.
    public var json: JSON {
        let members = members.map { member in
            JSON.object([
                ("interface", .string(member.interface)), ("name", .string(member.name)),
                ("since", member.since.map { .string($0.iso8601) } ?? .null), ("doubtful", .boolean(member.isDoubtful)),
            ])
        }
        return .object([
            ("rule", .string(rule)), ("pbx", .string(pbx)), ("queue", .string(queue)),
            ("action", .string(action.rawValue)), ("dry_run", .boolean(isDryRun)), ("state", .string(phase.rawValue)),
            ("since", since.map { .string($0.iso8601) } ?? .null), ("value", value.map(JSON.number) ?? .null),
            ("summary", summary.map(JSON.string) ?? .null), ("trouble", trouble.map(JSON.string) ?? .null),
            ("most", .integer(most)), ("members", .array(members)),
        ])
    }
}
