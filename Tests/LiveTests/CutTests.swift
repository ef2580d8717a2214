import AMI
import AMIClient
import Base
import CallRecords
import Extract
import Switchboard
import Testing
import TestSupport
import Transform

/// The sample's evening as AMI reports it, with the connection cut at random points. Needs no PBX: it simulates one.
@Suite struct CutTests {
    /// What the PBX knows, as far as `QueueStatus` reports it.
    private struct PBX {
        struct Seat: Hashable {
            var who: String
            var queue: String
        }
        struct Member {
            var since: Int
            var pausedAt: Int?
            var reason = ""
        }
        var callers: [Seat: Int] = [:]
        var members: [Seat: Member] = [:]

        /// The events that report a line of the queue_log.
        mutating func events(of line: String) -> [Message] {
            let fields = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            let data = Array(fields.dropFirst(5)) + ["", "", "", "", ""]
            let (caller, member) = (Seat(who: fields[1], queue: fields[2]), Seat(who: fields[3], queue: fields[2]))
            let time = Int(fields[0]) ?? 0
            func event(_ name: String, _ pairs: KeyValuePairs<String, String>) -> Message {
                var headers = [
                    ("Event", name), ("Timestamp", "\(time).5"), ("Queue", fields[2]), ("Uniqueid", fields[1]),
                ]
                if fields[3] != "NONE" { headers.append(("MemberName", fields[3])) }
                headers += pairs.map { ($0.key, $0.value) }
                return Message(headers: headers.map { .init(name: Array($0.0.utf8), value: Array($0.1.utf8)) })
            }
            func leave(_ position: String) -> Message { event("QueueCallerLeave", ["Position": position]) }
            switch fields[4] {
            case "ENTERQUEUE":
                callers[caller] = time
                return [event("QueueCallerJoin", ["CallerIDNum": data[1], "Position": data[2]])]
            case "CONNECT":
                callers[caller] = nil
                let connect = event(
                    "AgentConnect",
                    ["HoldTime": data[0], "DestUniqueid": data[1], "RingTime": data[2]]
                )
                return [leave("1"), connect]
            case "COMPLETECALLER", "COMPLETEAGENT":
                let reason = fields[4] == "COMPLETEAGENT" ? "agent" : "caller"
                return [event("AgentComplete", ["HoldTime": data[0], "TalkTime": data[1], "Reason": reason])]
            case "BLINDTRANSFER":
                let place = event(
                    "BlindTransfer",
                    ["TransfereeUniqueid": fields[1], "Extension": data[0], "Context": data[1], "Result": "Success"]
                )
                return [
                    place, event("AgentComplete", ["HoldTime": data[2], "TalkTime": data[3], "Reason": "transfer"]),
                ]
            case "ABANDON", "EXITWITHTIMEOUT":
                callers[caller] = nil
                let abandon = event(
                    "QueueCallerAbandon",
                    ["Position": data[0], "OriginalPosition": data[1], "HoldTime": data[2]]
                )
                let status = event("VarSet", ["Variable": "QUEUESTATUS", "Value": "TIMEOUT"])
                return [abandon, leave(data[0])] + (fields[4] == "ABANDON" ? [event("Hangup", [:])] : [status])
            case "EXITWITHKEY":
                callers[caller] = nil
                return [leave(data[1]), event("Newexten", ["Extension": data[0], "Priority": "1"])]
            case "RINGNOANSWER": return [event("AgentRingNoAnswer", ["RingTime": data[0]])]
            case "ADDMEMBER":
                members[member] = Member(since: time, pausedAt: data[0] == "PAUSED" ? time : nil)
                return [event("QueueMemberAdded", ["Paused": data[0] == "PAUSED" ? "1" : "0"])]
            case "REMOVEMEMBER":
                members[member] = nil
                return [event("QueueMemberRemoved", [:])]
            case "PAUSE", "UNPAUSE":
                let isPaused = fields[4] == "PAUSE"
                members[member]?.pausedAt = isPaused ? time : nil
                members[member]?.reason = isPaused ? data[0] : ""
                return [event("QueueMemberPause", ["Paused": isPaused ? "1" : "0", "PausedReason": data[0]])]
            default: return []
            }
        }

        func snapshot(at now: Int) -> [Message] {
            callers.map { seat, since in
                Message([
                    "Event": "QueueEntry", "Queue": seat.queue, "Uniqueid": seat.who, "Position": "1",
                    "Wait": "\(now - since)",
                ])
            }
                + members.map { seat, member in
                    Message([
                        "Event": "QueueMember", "Queue": seat.queue, "Name": seat.who, "Membership": "dynamic",
                        "LoginTime": "\(member.since)", "Paused": member.pausedAt == nil ? "0" : "1",
                        "LastPause": "\(member.pausedAt ?? 0)", "PausedReason": member.reason,
                    ])
                }
        }
    }

    /// Random numbers from a seed.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    /// The kinds that AMI reports.
    private static let told: Set = [
        "ENTERQUEUE", "CONNECT", "COMPLETECALLER", "COMPLETEAGENT", "BLINDTRANSFER", "ABANDON", "EXITWITHTIMEOUT",
        "EXITWITHKEY", "RINGNOANSWER", "ADDMEMBER", "REMOVEMEMBER", "PAUSE", "UNPAUSE",
    ]

    /// What really happened.
    private static let log: [String] = {
        let tests = #filePath.split(separator: "/").dropLast(2).map { "/" + $0 }.joined()
        let text = TestAsterisk.text(of: tests + "/Samples/asterisk-a/queue_log")
        return text.split(separator: "\n").map(String.init).filter { line in
            line.split(separator: "|", omittingEmptySubsequences: false).dropFirst(4).first.map {
                told.contains(String($0))
            }
                ?? false
        }
    }()
    private static let realVisits = visits(log)
    private static let realSessions = sessions(log)

    private static func events(_ lines: [String]) -> [(callid: String, event: QueueEvent)] {
        lines.compactMap { line in
            let fields = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            guard let kind = QueueEvent.Kind(rawValue: fields[4]) else { return nil }
            var data = InlineArray<5, String?>(repeating: nil)
            for (index, text) in fields.dropFirst(5).prefix(5).enumerated() where !text.isEmpty { data[index] = text }
            let text = { (text: String) -> String? in text == "NONE" ? nil : text }
            let at = Int64(fields[0]) ?? 0
            return (
                fields[1],
                QueueEvent(
                    at: Moment(seconds: at),
                    kind: kind,
                    queue: text(fields[2]),
                    agent: text(fields[3]),
                    data: data
                )
            )
        }
    }

    private static func visits(_ lines: [String]) -> [String: [QueueVisit]] {
        Dictionary(grouping: events(lines).filter { QueueEvent.visitKinds.contains($0.event.kind) }, by: \.callid)
            .mapValues { VisitMachine.visits(of: $0.map(\.event).sorted { $0.at < $1.at }, restarts: []) }
    }

    private static func sessions(_ lines: [String]) -> [String: [AgentSession]] {
        let events = events(lines).filter { QueueEvent.sessionKinds.contains($0.event.kind) }
        return Dictionary(grouping: events) { $0.event.agent ?? "" }
            .mapValues { SessionMachine.sessions(of: $0.map(\.event).sorted { $0.at < $1.at }) }
    }

    @Test func `without a cut it is the log, line by line`() {
        let log = Self.log
        var (pbx, writer) = (PBX(), QueueLogWriter())
        let lines = log.flatMap { line in pbx.events(of: line).flatMap { writer.lines(for: $0, at: 0) } }
        let bare = { (line: String) in line.hasSuffix("|") ? String(line.dropLast()) : line }
        let differences = zip(lines.map(bare), log.map(bare)).filter { $0 != $1 }.prefix(3)
        #expect(differences.isEmpty && lines.count == log.count)
    }

    /// Each is cut about twenty times.
    @Test(arguments: 0..<20 as Range<UInt64>) func `cut at random points, nothing is wrong or duplicated`(
        seed: UInt64
    ) throws {
        var random = Generator(state: seed)
        let log = Self.log
        var (pbx, writer) = (PBX(), QueueLogWriter())
        var lines: [String] = []
        var isCut = false
        var cuts = 0
        for line in log {
            let now = Moment(seconds: Int64(line.prefix { $0 != "|" }) ?? 0)
            let events = pbx.events(of: line)
            // Also between two events of the same line.
            let heard =
                isCut
                ? []
                : events.prefix(Int.random(in: 0..<60, using: &random) == 0 ? Int.random(in: 0...1, using: &random) : 9)
            lines += heard.flatMap { writer.lines(for: $0, at: now) }
            if !isCut, heard.count < events.count {
                isCut = true
                cuts += 1
                writer.lost(at: now)
                // The program may have been killed as well.
                if Bool.random(using: &random) {
                    let open = writer.open
                    writer = QueueLogWriter()
                    for line in open { writer.resume(line) }
                    writer.lost(at: now)
                }
            } else if isCut, Int.random(in: 0..<15, using: &random) == 0 {
                isCut = false
                lines += writer.lines(forSnapshot: pbx.snapshot(at: Int(now.wholeSeconds)), at: now)
            }
        }
        #expect(cuts > 3)
        try expect(Self.visits(lines), of: Self.realVisits)
        expect(Self.sessions(lines), of: Self.realSessions)
    }

    private func expect(_ told: [String: [QueueVisit]], of truth: [String: [QueueVisit]]) throws {
        for (callid, visits) in told {
            var left = truth[callid] ?? []
            for visit in visits {
                let index = left.firstIndex {
                    $0.queue == visit.queue && $0.enteredAt.distance(to: visit.enteredAt) <= .seconds(2)
                }
                let real = left.remove(at: try #require(index, "\(callid) \(visit)"))
                // An end that nobody heard becomes unserved, or a talk of unknown length.
                guard visit.outcome != .unserved else { continue }
                let isRight = visit.outcome == real.outcome || visit.outcome == .inProgress
                #expect(isRight, "\(callid) \(visit) \(real)")
                #expect(
                    visit.wait == nil || abs((visit.wait ?? 0) - (real.wait ?? 0)) <= 1,
                    "\(callid) \(visit) \(real)"
                )
                #expect(visit.talk == nil || visit.talk == real.talk, "\(callid) \(visit) \(real)")
            }
        }
    }

    private func expect(_ told: [String: [AgentSession]], of truth: [String: [AgentSession]]) {
        for (agent, sessions) in told {
            for session in sessions {
                let isReal = (truth[agent] ?? []).contains { real in
                    let begin = session.startedAt.adding(seconds: 1)
                    let end = (real.endedAt ?? .distantFuture).adding(seconds: 1)
                    return real.kind == session.kind && real.queue == session.queue && real.startedAt <= begin
                        && (session.endedAt ?? .distantFuture) <= end
                }
                #expect(isReal, "\(agent) \(session) \(truth[agent] ?? [])")
            }
        }
    }
}

extension QueueLogWriter {
    fileprivate mutating func lines(for message: Message, at now: Moment) -> [String] {
        let received = ReceivedEvent(message)
        var lines: [String] = []
        for part in received.parts { lines += self.lines(for: part.event, at: received.time(or: now)) }
        return lines
    }

    fileprivate mutating func lines(forSnapshot items: [Message], at now: Moment) -> [String] {
        lines(forSnapshot: items.compactMap { QueueSnapshotItem($0) }, at: now)
    }
}
