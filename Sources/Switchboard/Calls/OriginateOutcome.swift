/// The outcome of a requested call.
public struct OriginateOutcome: Sendable, Equatable {
    /// How far it got.
    public enum Status: String, Sendable {
        case queued, answered, bridged, done, busy, congestion, failed
        case noAnswer = "no_answer"
        /// Unknown; check with `channel ID` before repeating the request with the same id.
        case unknown
    }

    /// How far it got.
    public var status: Status
    /// The uniqueid of the channel, which is the same in events, queue_log and CDR.
    public var channelID: String
    /// The channel's name, once it is known.
    public var channel: String?
    /// One sentence for a person.
    public var detail: String
    /// The time from the request to the answer.
    public var answerTime: Duration?
    /// The time from the bridge to the end, if the end was awaited.
    public var talkTime: Duration?

    /// An outcome.
    public init(
        status: Status,
        channelID: String,
        channel: String?,
        detail: String,
        answerTime: Duration?,
        talkTime: Duration?
    ) {
        self.status = status
        self.channelID = channelID
        self.channel = channel
        self.detail = detail
        self.answerTime = answerTime
        self.talkTime = talkTime
    }
}
