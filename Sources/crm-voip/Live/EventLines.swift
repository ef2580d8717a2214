import AMI
import AMIClient
import Base
import Services
import Switchboard

/// Events and calls as lines on stdout: JSON, or text for people.
struct EventLines {
    private let isJSON: Bool
    private let style: Style
    /// What was last shown for each active call.
    private var last: [String: String] = [:]
    /// Run for each event of a call.
    private let program: CallProgram?

    init(isJSON: Bool, style: Style, program: CallProgram? = nil) {
        (self.isJSON, self.style, self.program) = (isJSON, style, program)
    }

    /// Writes what is to be shown; returns the number of lines written.
    mutating func write(_ shown: ShownEvent) async throws -> Int {
        let line: String?
        switch shown {
        case .event(let message, let time): line = isJSON ? message.json.line : text(message, at: time)
        case .call(let change): line = isJSON ? change.json.line : text(change)
        case .news(let news): line = news.json.line
        }
        guard let line else { return 0 }
        try await StandardOutput.writeWaiting(line + "\n")
        if case .news(let news) = shown { await program?.run(news) }
        return 1
    }

    static func summary(_ result: EventsResult) -> String {
        let (counts, lost) = (result.counts, result.counts.reconnects)
        return "\(counts.received) events received, \(counts.dropped) dropped, \(lost) connections lost"
    }

    /// The call after an event; nil if nothing changed that is shown.
    private mutating func text(_ change: CallChange) -> String? {
        let call = change.change.call
        var stage = call.stage.rawValue
        if case .mergedInto(let id) = change.change.end { stage = "over, now part of \(PrintableText.of(id))" }
        let name = change.parties.contact?.name ?? call.callerName
        let legs = call.legs.count
        let facts = [
            LiveText.party(call.callerNumber, name), call.dialled.isEmpty ? "" : "→ \(call.dialled)",
            call.queue.isEmpty ? "" : "queue \(call.queue)", call.agent.isEmpty ? "" : "agent \(call.agent)",
            legs == 1 ? "1 leg" : "\(legs) legs",
        ]
        let text = facts.filter { !$0.isEmpty }.joined(separator: "  ")
        guard last[call.id] != stage + text else { return nil }
        last[call.id] = change.change.end == nil ? stage + text : nil
        let age = LiveText.clock(change.at - call.startedAt)
        return
            "\(time(change.at)) \(PrintableText.of(call.id)) \(style.bold(stage)) \(age)  \(PrintableText.of(text))"
    }

    private func text(_ message: Message, at moment: Moment) -> String {
        let name = PrintableText.of(message.eventName ?? "")
        let facts = Self.telling.compactMap { field in
            message.nonEmpty(field).map { "\(field)=\(PrintableText.of($0))" }
        }
        return "\(time(moment)) \(style.bold(name))\(String(repeating: " ", count: max(1, 22 - name.count)))"
            + facts.joined(separator: " ")
    }

    /// The most informative fields, in the order in which they are shown. `--json` has everything.
    private static let telling = [
        "Queue", "Position", "MemberName", "Interface", "Status", "Paused", "PausedReason", "HoldTime", "TalkTime",
        "Channel", "ChannelStateDesc", "Uniqueid", "DestChannel", "CallerIDNum", "CallerIDName", "Exten", "DialStatus",
        "BridgeUniqueid", "BridgeNumChannels", "ParkeeChannel", "ParkingSpace", "Conference", "TransfererChannel",
        "Result", "Variable", "Value", "UserEvent", "Digit", "Application", "Cause", "Cause-txt", "Reason", "Response",
    ]

    private func time(_ moment: Moment) -> String { style.dim(WallClockText.time(moment)) }
}
