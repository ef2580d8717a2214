import AMI

/// Decides whether the PBX may be asked to do something, before it is asked. Anyone with the AMI secret can make the
/// PBX call anything; this keeps a mistake or a stolen script from causing a telephone bill. Pure: it counts and writes
/// nothing.
public struct DialGuard: Sendable {
    /// What is permitted.
    public let rules: Rules
    /// Every way in which the PBX and its network could interpret dialled digits; nil if no numbering plan is known.
    private let readings: (@Sendable (String) -> [Reading])?

    /// A guard.
    ///
    /// - Parameters:
    ///   - rules: What is permitted.
    ///   - readings: Every way to interpret digits, with or without a leading plus. Without it, up to six digits are
    ///     an extension, and more are a number in an unknown country.
    public init(rules: Rules, readings: (@Sendable (String) -> [Reading])? = nil) {
        self.rules = rules
        self.readings = readings
    }

    /// One way to interpret dialled digits.
    public enum Reading: Sendable, Equatable {
        /// A number of the PBX itself, or one that costs nothing.
        case inside
        /// A public number: its country, such as `DE`, nil if unknown, and whether a call costs more than usual.
        case number(region: String?, isPremium: Bool)
        /// A number that belongs to no known plan.
        case unknown
    }

    /// Decides on a request by its content alone.
    ///
    /// - Parameter order: The request.
    /// - Throws: ``ManagerError`` with code `dialGuard`, which says which rule forbids it and which key permits it.
    public func check(_ order: Order) throws(ManagerError) {
        for demand in order.demands { try check(demand) }
    }

    /// Decides on one demand of a request.
    ///
    /// - Throws: ``ManagerError`` with code `dialGuard`
    public func check(_ demand: Order.Demand) throws(ManagerError) {
        switch demand {
        case .channel(let channel): try check(channel: channel)
        case .exten(let exten, let context):
            try check(context: context)
            try check(number: exten)
        case .transfer(let exten, let context):
            try check(context: context)
            try check(number: exten)
            try check(transfer: exten)
        case .application(let name, let data): try check(application: name, data: data)
        case .variable(let name, let value): try check(variable: name, value: value)
        case .digits(let digits): try check(number: digits, isDialled: false)
        case .spy(let supervisor, let channel): try check(spy: supervisor, on: channel)
        }
    }

    /// The error for a refused request, with the rule and the key that would permit it.
    func refusal(_ reason: String) -> ManagerError {
        ManagerError(.dialGuard, "The dial guard does not allow this: \(reason).")
    }

    /// A key of the guard's table, as a user can find it.
    func key(_ name: String) -> String { "`\(name)` of [\(rules.table).dial_guard]" }

    /// Every way to interpret digits.
    func readings(of digits: String) -> [Reading] {
        if let readings { return readings(digits) }
        return digits.count { $0 != "+" } > 6 || digits.hasPrefix("+") ? [.unknown] : [.inside]
    }
}
