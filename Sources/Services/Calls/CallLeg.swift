public import Base
import CallRecords
import Postgres

/// A leg (CDR) of a call.
public struct CallLeg: Sendable {
    /// The text columns of `sql/calls/legs.sql`, by name.
    public let texts: [String: String]
    /// When it began, was answered and ended.
    public let started: Moment, answered: Moment?, ended: Moment?
    /// Lengths in seconds; `nil` while unknown.
    public let duration: Int64?, billsec: Int64?
    /// Asterisk's sequence number of the CDR.
    public let sequence: Int64?

    private static let textColumns = [
        (0, "uniqueid"), (1, "linkedid"), (8, "disposition"), (9, "src"), (10, "dst"), (11, "dcontext"), (12, "clid"),
        (13, "channel"), (14, "dstchannel"), (15, "lastapp"), (16, "lastdata"), (17, "recording_file"),
    ]

    init(_ row: borrowing Row) throws(PostgresError) {
        var texts: [String: String] = [:]
        for (place, name) in Self.textColumns { texts[name] = try row.textIfPresent(place) }
        self.texts = texts
        sequence = try row.int64IfPresent(2)
        (started, answered, ended) = (try row.second(3), try row.secondIfPresent(4), try row.secondIfPresent(5))
        (duration, billsec) = (try row.int64IfPresent(6), try row.int64IfPresent(7))
    }

    func json(in zone: ZoneTable) -> JSON {
        func time(_ value: Moment?) -> JSON { value.map { .string(zone.iso8601($0)) } ?? nil }
        func number(_ value: Int64?) -> JSON { value.map { .integer(Int($0)) } ?? nil }
        var members: [(String, JSON)] = [("sequence", number(sequence))]
        members += [("started_at", time(started)), ("answered_at", time(answered)), ("ended_at", time(ended))]
        members += [("duration_s", number(duration)), ("billsec_s", number(billsec))]
        members += Self.textColumns.map { _, name in (name, texts[name].map(JSON.string) ?? nil) }
        return .object(members)
    }

    /// The steps that the leg adds to the story.
    func steps(number: Int) -> [CallStory.Step] {
        var steps = [CallStory.Step(at: started, kind: "leg_started", text: beginning(number))]
        if let answered {
            let text =
                texts["dstchannel"].map { localized("leg \(number) is answered by \($0)") }
                ?? localized("leg \(number) is answered")
            steps.append(CallStory.Step(at: answered, kind: "leg_answered", text: text))
        }
        if let ended { steps.append(CallStory.Step(at: ended, kind: "leg_ended", text: end(number))) }
        return steps
    }

    /// Who calls whom, as far as the leg says it.
    private func beginning(_ number: Int) -> String {
        let channel = texts["channel"] ?? localized("A channel")
        var text =
            switch (texts["dst"], texts["dcontext"]) {
            case (let dst?, let context?): localized("leg \(number): \(channel) calls \(dst) in \(context)")
            case (let dst?, nil): localized("leg \(number): \(channel) calls \(dst)")
            case (nil, let context?): localized("leg \(number): \(channel) in \(context)")
            case (nil, nil): localized("leg \(number): \(channel)")
            }
        if let far = texts["dstchannel"] { text = localized("\(text), rings \(far)") }
        if let app = texts["lastapp"] { text += " (\(app))" }
        return text
    }

    private func end(_ number: Int) -> String {
        var text =
            texts["disposition"].map { localized("leg \(number) ends: \($0)") } ?? localized("leg \(number) ends")
        if let billsec, billsec > 0 { text += localized(", \(billsec) s") }
        return text
    }
}
