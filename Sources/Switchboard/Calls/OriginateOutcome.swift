/// How a call that was ordered went.
public struct OriginateOutcome: Sendable, Equatable {
    /// How far it came.
    public enum Status: String, Sendable {
        case queued, answered, bridged, done, busy, congestion, failed
        case noAnswer = "no_answer"
        /// Nobody knows; look with `channel ID` before the order is given again, under the same id.
        case unknown
    }

    /// How far it came.
    public var status: Status
    /// The uniqueid of the channel, the same in events, queue_log and CDR.
    public var channelID: String
    /// The channel's name, once it is known.
    public var channel: String?
    /// One sentence for a person.
    public var detail: String
    /// The time from the order to the answer.
    public var answerTime: Duration?
    /// The time from the bridge to the end, if the end was waited for.
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
