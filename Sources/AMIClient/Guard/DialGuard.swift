import AMI

/// Decides what the PBX may be asked to do, before it hears of it. Whoever holds the AMI secret can make the PBX call
/// anything; this keeps a mistake or a stolen script from becoming a telephone bill. Pure: it counts and writes nothing.
public struct DialGuard: Sendable {
    /// What is allowed.
    public let rules: Rules
    /// Every way in which the PBX and its network could take digits that are dialled; nil where no numbering plan is known.
    private let readings: (@Sendable (String) -> [Reading])?

    /// A guard.
    ///
    /// - Parameters:
    ///   - rules: What is allowed.
    ///   - readings: Every way to take digits, with or without a plus before them. Without this, six digits or fewer are an
    ///     extension, and more are a number of an unknown country.
    public init(rules: Rules, readings: (@Sendable (String) -> [Reading])? = nil) {
        self.rules = rules
        self.readings = readings
    }

    /// One way to take digits that are dialled.
    public enum Reading: Sendable, Equatable {
        /// A number of the PBX itself, or one that costs nothing.
        case inside
        /// A public number: its country, as `DE`, nil where that is not known, and whether a call costs more than an ordinary one.
        case number(region: String?, isPremium: Bool)
        /// A number of no plan that is known.
        case unknown
    }

    /// Decides on an order by its content alone.
    ///
    /// - Parameter order: The order.
    /// - Throws: ``ManagerError`` with code `dialGuard`, which says which rule forbids it and which key allows it.
    public func check(_ order: Order) throws(ManagerError) {
        for demand in order.demands { try check(demand) }
    }

    /// Decides on one demand of an order.
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

    /// The error of a refused order, with the rule and the key that would allow it.
    func refusal(_ reason: String) -> ManagerError {
        ManagerError(.dialGuard, "The dial guard does not allow this: \(reason).")
    }

    /// A key of the guard's table as a user finds it.
    func key(_ name: String) -> String { "`\(name)` of [\(rules.table).dial_guard]" }

    /// Every way to take digits.
    func readings(of digits: String) -> [Reading] {
        if let readings { return readings(digits) }
        return digits.count { $0 != "+" } > 6 || digits.hasPrefix("+") ? [.unknown] : [.inside]
    }
}
