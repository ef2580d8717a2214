import Testing

/// One way to misbehave, and the exit status of each command that meets it.
struct Oddity: Sendable, CustomTestStringConvertible {
    /// In the place of what the PBX does something else.
    enum Occasion: Sendable { case none, greeting, challenge, login, answer, news }

    /// What becomes of the order to which the PBX answers oddly.
    enum Fate: Sendable {
        /// It is carried out, and events tell of it.
        case told
        /// It is carried out, and no event tells of it.
        case untold
        /// It is not carried out.
        case lost
    }

    let testDescription: String
    let occasion: Occasion
    /// In the order of ``OddCommand/allCases``; nil where the command is not run.
    let statuses: [Int32?]
    let fate: Fate
    /// Whether a command has to wait for a time-out before it can end as it should.
    var isWaitedFor = false
    /// What the PBX does in the place of saying a text.
    let deeds: @Sendable (String) -> [Deed]

    var losesOrder: Bool { fate == .lost }
    var tells: Bool { fate == .told }

    init(
        _ occasion: Occasion,
        _ statuses: String,
        _ name: String,
        _ fate: Fate = .told,
        _ deeds: @escaping @Sendable (String) -> [Deed]
    ) {
        (testDescription, self.occasion, self.fate, self.deeds) = (name, occasion, fate, deeds)
        self.statuses = statuses.split(separator: " ").map { Int32($0) }
    }

    /// The same, of which a command cannot know before its time-out.
    var waitedFor: Oddity {
        var oddity = self
        oddity.isWaitedFor = true
        return oddity
    }

    /// Does what it should.
    static let none = Oddity(.none, "0 0 0 0 0 0", "nothing odd") { [.say($0)] }
}

/// The commands, with what each asks of the PBX.
enum OddCommand: String, CaseIterable, Sendable {
    case health, status, originate, transfer, pause, events

    /// The action whose answer is odd. Events come without being asked for.
    var action: String {
        switch self {
        case .health, .status: "QueueStatus"
        case .originate: "Originate"
        case .transfer: "BlindTransfer"
        case .pause: "QueuePause"
        case .events: "events"
        }
    }

    /// The last 8 seconds are enough for what waits for a sign of life.
    var words: String {
        switch self {
        case .health: "health --queues --json"
        case .status: "queue status"
        case .originate: "originate PJSIP/101 100 --timeout 1 --channel-id crm-odd"
        case .transfer: "transfer PJSIP/101-00000001 100"
        case .pause: "queue pause PJSIP/101 --queue support"
        case .events: "events --count 3 --seconds 20"
        }
    }

    var isOrder: Bool { OddAnswer.orders.contains(action) }
}

// Pieces of what a PBX says.
extension String {
    /// Up to and with the first occurrence of a text.
    func through(_ text: String) -> String { firstRange(of: text).map { String(self[..<$0.upperBound]) } ?? self }

    /// Without the first `ActionID` header, or with another in its place.
    func withActionID(_ header: String) -> String {
        guard let begin = firstRange(of: "ActionID: ") else { return self }
        let end = self[begin.lowerBound...].firstRange(of: "\r\n")?.upperBound ?? endIndex
        return replacingCharacters(begin.lowerBound..<end, header)
    }

    private func replacingCharacters(_ range: Range<Index>, _ text: String) -> String {
        self[..<range.lowerBound] + text + self[range.upperBound...]
    }

    /// With further headers in the first packet.
    func adding(_ headers: String) -> String {
        guard let end = firstRange(of: "\r\n\r\n") else { return self }
        return String(self[..<end.lowerBound]) + "\r\n" + headers + String(self[end.lowerBound...])
    }

    /// The ActionID that is answered.
    var actionID: String {
        guard let begin = firstRange(of: "ActionID: ")?.upperBound else { return "" }
        return String(self[begin...].prefix { !$0.isNewline })
    }
}
