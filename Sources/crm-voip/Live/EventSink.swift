import Base
import AMIClient
import AMI

/// Shows events as JSON lines or for a person, or the calls that they fold into.
final class EventSink {
    private let filter: EventFilter
    private let isJSON: Bool
    private let showsCalls: Bool
    /// Whether anything is to be shown. A program that stores events for weeks says nothing unless it is asked to.
    let isShowing: Bool
    private let style: Style
    private var calls = ActiveCalls()
    /// What was last shown of each call that is on.
    private var last: [String: String] = [:]

    init(options: EventOptions, isJSON: Bool, terminal: Terminal) throws {
        filter = options.terms
        self.isJSON = isJSON
        showsCalls = options.calls
        isShowing = !options.store || isJSON || options.calls || !options.filter.isEmpty
        style = terminal.outputStyle
    }

    /// Calls that were on before the first event.
    func start(with channels: [Message]) {
        calls.replace(with: channels.compactMap { ChannelSnapshot($0.unescaped()) }, at: WallClock.now)
    }

    /// Shows an event as it came from the PBX; gives how many lines it made.
    func show(_ raw: Message) throws -> Int {
        guard isShowing else { return 0 }
        var shown = 0
        for event in raw.normalised() {
            let call = showsCalls ? calls.apply(event, at: WallClock.now) : nil
            guard filter.passes(event), call != nil || !showsCalls else { continue }
            guard let line = call.map({ line($0, event) }) ?? line(event) else { continue }
            try StandardOutput.write(line + "\n")
            shown += 1
        }
        return shown
    }

    func replay(_ file: String, _ recording: EventRecording) throws {
        var replay = try EventReplay(path: file)
        while let event = try replay.next() {
            // It tells how long the PBX had been up, of a time that a recording does not have.
            if event.eventName != "FullyBooted" { try recording.write(event) }
            _ = try show(event)
        }
    }

    /// The call after an event; for a person, nil if nothing that is shown changed.
    private func line(_ call: ActiveCalls.Call, _ event: Message) -> String? {
        let now = event.timestamp ?? WallClock.now
        if isJSON {
            guard case .object(let members) = call.json(at: now) else { return "" }
            let isOver = call.channels.isEmpty
            return JSON.object([("event", .string(event.eventName ?? "")), ("over", .boolean(isOver))] + members).line
        }
        let stage = call.channels.isEmpty ? "over" : call.stage.rawValue
        let facts = [
            LiveText.party(call.callerNumber, call.callerName), call.dialled.isEmpty ? "" : "→ \(call.dialled)",
            call.queue.isEmpty ? "" : "queue \(call.queue)", call.agent.isEmpty ? "" : "agent \(call.agent)",
            "\(call.legs.count) legs",
        ]
        let text = facts.filter { !$0.isEmpty }.joined(separator: "  ")
        guard last[call.id] != stage + text else { return nil }
        last[call.id] = call.channels.isEmpty ? nil : stage + text
        // A call that went into another one ends without a word.
        if last.count > calls.calls.count + 100 { last = last.filter { calls.calls[$0.key] != nil } }
        let age = LiveText.clock(now - call.startedAt)
        return "\(time(event)) \(call.id) \(style.bold(stage)) \(age)  \(LiveText.printable(text))"
    }

    private func line(_ event: Message) -> String? {
        let masked = WireTrace.masked(event)
        if isJSON { return masked.json.line }
        let name = event.eventName ?? ""
        let facts = Self.telling.compactMap { field in
            masked.nonEmpty(field).map { "\(field)=\(LiveText.printable($0))" }
        }
        return "\(time(event)) \(style.bold(name))\(String(repeating: " ", count: max(1, 22 - name.count)))"
            + facts.joined(separator: " ")
    }

    /// What tells a person most, in the order in which it is shown. `--json` has everything.
    private static let telling = [
        "Queue", "Position", "MemberName", "Interface", "Status", "Paused", "PausedReason", "HoldTime", "TalkTime",
        "Channel",
        "ChannelStateDesc", "Uniqueid", "DestChannel", "CallerIDNum", "CallerIDName", "Exten", "DialStatus",
        "BridgeUniqueid",
        "BridgeNumChannels", "ParkeeChannel", "ParkingSpace", "Conference", "TransfererChannel", "Result", "Variable",
        "Value",
        "UserEvent", "Digit", "Application", "Cause", "Cause-txt", "Reason", "Response",
    ]

    private func time(_ event: Message) -> String {
        let seconds = event.timestamp ?? WallClock.now
        return style.dim(String(WallClock.timestamp(seconds).dropFirst(11).dropLast()))
    }
}
