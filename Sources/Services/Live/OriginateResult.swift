import AMIClient
public import Base
public import Switchboard

/// The outcome of a requested call.
public struct OriginateResult: ServiceResult {
    /// What the PBX reported.
    public let outcome: OriginateOutcome

    /// The members `status`, `channel_id`, `channel`, `detail`, `answer_seconds`, `talk_seconds`.
    public var json: JSON { outcome.json }
}

/// What would be sent to the PBX.
public struct OriginatePreview: ServiceResult {
    /// The lines of the packet, secrets masked.
    public let packet: [String]

    /// The members `dry_run`, which is true, and `packet`.
    public var json: JSON { .object([("dry_run", .boolean(true)), ("packet", .array(packet.map(JSON.string)))]) }
}
