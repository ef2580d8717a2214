/// Which events are wanted. Events pass if they have one of the names (or none is given), none of the excluded names, and
/// meet every condition.
public struct EventFilter: Sendable, Equatable {
    /// A condition on a header.
    public struct Condition: Sendable, Equatable {
        /// How a value is compared.
        public enum Method: String, Sendable {
            case exact
            case startsWith = "starts_with"
            case contains
        }

        /// The header's name.
        public let header: String
        /// How its value is compared.
        public let method: Method
        /// The value to compare with.
        public let value: String
    }

    /// Names of events; a `*` at the end matches any continuation.
    public var names: [String] = []
    /// Names of events that are not wanted.
    public var excluded: [String] = []
    /// Conditions on headers.
    public var conditions: [Condition] = []

    /// A filter that lets everything pass.
    public init() {}

    /// Reads a filter's terms: `Hangup`, `Queue*`, `!VarSet`, `Queue=support`, `Channel^=PJSIP/`, `Channel*=101`.
    ///
    /// Returns nil if a term is empty.
    public init?(terms: [String]) {
        for term in terms {
            if let condition = Self.condition(term) {
                conditions.append(condition)
            } else if term.hasPrefix("!"), term.count > 1 {
                excluded.append(String(term.dropFirst()))
            } else if !term.isEmpty, !term.contains("="), term != "!" {
                names.append(term)
            } else {
                return nil
            }
        }
    }

    private static func condition(_ term: String) -> Condition? {
        guard let equals = term.firstIndex(of: "=") else { return nil }
        var header = term[..<equals]
        let method: Condition.Method =
            switch header.last {
            case "^": .startsWith
            case "*": .contains
            default: .exact
            }
        if method != .exact { header = header.dropLast() }
        guard !header.isEmpty else { return nil }
        return Condition(header: String(header), method: method, value: String(term[term.index(after: equals)...]))
    }

    /// Whether an event passes. Conditions consider every value of a repeated header.
    public func passes(_ event: Message) -> Bool {
        guard let name = event.eventName else { return false }
        if !names.isEmpty, !names.contains(where: { Self.matches(name, $0) }) { return false }
        if excluded.contains(where: { Self.matches(name, $0) }) { return false }
        return conditions.allSatisfy { condition in
            event.values(of: condition.header).contains { value in
                switch condition.method {
                case .exact: value == condition.value
                case .startsWith: value.hasPrefix(condition.value)
                case .contains: value.utf8.containsRun(condition.value.utf8)
                }
            }
        }
    }

    private static func matches(_ name: String, _ pattern: String) -> Bool {
        guard pattern.hasSuffix("*") else { return name.isSame(as: pattern) }
        let start = pattern.dropLast()
        return name.utf8.count >= start.utf8.count && equalIgnoringCase(name.utf8.prefix(start.utf8.count), start.utf8)
    }

    /// `Filter` actions that make the PBX withhold what this filter would drop; empty if only this side can decide.
    ///
    /// They only save work: the events that arrive are filtered here in any case. Adding them requires write=system and
    /// Asterisk 18.26, 20.11, 21.6 or 22.1. Names must be exact there and in today's dialect, so wildcards are handled
    /// here.
    public var serverActions: [Action] {
        guard names.allSatisfy({ !$0.hasSuffix("*") }), !names.isEmpty || !conditions.isEmpty || !excluded.isEmpty
        else {
            return []
        }
        var included: [Action] = []
        // One condition can be sent along; the others are checked here.
        let condition = conditions.first
        for name in names.isEmpty ? [nil] : names.map(Optional.some) where name != nil || condition != nil {
            let criteria = [
                name.map { "name(\($0))" }, condition.map { "header(\($0.header))" },
                "method(\(condition?.method.rawValue ?? "none"))",
            ]
            included.append(Self.action(criteria, condition?.value))
        }
        // Excluding filters go last: an event passes if it is included and not excluded.
        return included
            + excluded.filter { !$0.hasSuffix("*") }.map {
                Self.action(["action(exclude)", "name(\($0))", "method(none)"], nil)
            }
    }

    private static func action(_ criteria: [String?], _ value: String?) -> Action {
        Action(
            "Filter",
            .changes,
            ["Operation": "Add", "MatchCriteria": criteria.compactMap(\.self).joined(separator: ","), "Filter": value]
        )
    }
}
