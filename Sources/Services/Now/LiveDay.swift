public import Base

/// The figures of one PBX's queues on one day as the board had them, and the times of which it did not see everything.
public struct LiveDay: Sendable, Equatable {
    /// A time of which not everything is known.
    public struct Blank: Sendable, Equatable {
        /// Why it is not.
        public enum Cause: String, Sendable {
            /// `serve` did not run, and neither a queue_log nor the warehouse had the time when it started.
            case notRunning = "not_running"
            /// There was no connection to the PBX.
            case notConnected = "not_connected"
            /// Events came faster than they were read; the queues were then read anew.
            case eventsLost = "events_lost"

            /// What a sentence says of it.
            public var words: String {
                switch self {
                case .notRunning: "serve was not running"
                case .notConnected: "serve had no connection to the PBX"
                case .eventsLost: "serve lost events"
                }
            }
        }

        /// When it began.
        public var from: Moment
        /// When it ended.
        public var to: Moment
        /// Why.
        public var cause: Cause
    }

    /// Midnight in the PBX's zone.
    public var begins: Moment
    /// The next midnight.
    public var ends: Moment
    /// The figures, by queue.
    public var queues: [QueueDay]
    /// The times of which not everything is known.
    public var blanks: [Blank]
}

extension LiveDay {
    /// The most blanks that are kept; a connection that fails all the time has more.
    static let mostBlanks = 100
}
