import Base

/// A caller's number and name, as a role may see them.
enum CallerText {
    /// The number: complete for leads and above, with its middle hidden for lower roles. Short numbers are extensions.
    static func number(_ number: String, for role: Role) -> String {
        guard !number.isEmpty else { return localized("no number") }
        guard role < .lead, number.count > 5 else { return number }
        let hidden = number.count - 4 - 2
        return number.prefix(4) + String(repeating: "•", count: max(1, hidden)) + number.suffix(2)
    }

    /// The number for programs; empty if there is none.
    static func shown(_ number: String, for role: Role) -> String {
        number.isEmpty ? "" : self.number(number, for: role)
    }

    /// The name, which viewers may not see.
    static func name(_ name: String, number: String, for role: Role) -> String {
        role < .lead || name == number ? "" : name
    }
}
