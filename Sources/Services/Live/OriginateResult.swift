internal import AMIClient
public import Switchboard
public import Base

/// How a call that was ordered went.
public struct OriginateResult: ServiceResult {
    /// What the PBX told.
    public let outcome: OriginateOutcome

    /// The members `status`, `channel_id`, `channel`, `detail`, `answer_seconds`, `talk_seconds`.
    public var json: JSON {
        let seconds = { (value: Double?) in value.map { JSON.number(($0 * 1000).rounded() / 1000) } ?? .null }
        return .object([
            ("status", .string(outcome.status.rawValue)), ("channel_id", .string(outcome.channelID)),
            ("channel", outcome.channel.map(JSON.string) ?? .null), ("detail", .string(outcome.detail)),
            ("answer_seconds", seconds(outcome.answerSeconds)), ("talk_seconds", seconds(outcome.talkSeconds)),
        ])
    }
}

/// What would be sent to the PBX.
public struct OriginatePreview: ServiceResult {
    /// The lines of the packet, secrets masked.
    public let packet: [String]

    /// The members `dry_run`, which is true, and `packet`.
    public var json: JSON { .object([("dry_run", .boolean(true)), ("packet", .array(packet.map(JSON.string)))]) }
}
