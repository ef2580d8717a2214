public import Base

extension ActiveCalls {
    /// One call.
    public struct Call: Sendable {
        /// The progress of the call.
        public enum Stage: String, Sendable {
            case dialling, ringing, waiting, up, talking, parked
            /// It has no channels left.
            case over
        }

        /// The linkedid, or, if it is missing, the first channel's uniqueid.
        public internal(set) var id: String
        /// Its channels, oldest first.
        public internal(set) var channels: [ChannelSnapshot] = []
        /// When the first channel was created.
        public internal(set) var startedAt: Moment
        /// When two channels were first in the same bridge.
        public internal(set) var bridgedAt: Moment?
        /// The caller's number.
        public internal(set) var callerNumber = ""
        /// The caller's name.
        public internal(set) var callerName = ""
        /// The first number that was dialled.
        public internal(set) var dialled = ""
        /// The name of the first channel, which reveals the call's direction; it is kept when that channel has ended.
        public internal(set) var firstChannel = ""
        /// Names of phones and lines that were dialled, in order; at most sixteen.
        public internal(set) var dialledChannels: [String] = []
        /// The queue that the call is in or came from.
        public internal(set) var queue = ""
        /// When it entered that queue; nil once it has left.
        public internal(set) var waitsSince: Moment?
        /// The queue member who has the call: the member's name, or the interface if there is no name.
        public internal(set) var agent = ""
        /// The parking space that it is in.
        public internal(set) var parkingSpace = ""
        /// The most recent result of dialling (`ANSWER`, `BUSY`, `NOANSWER`, …).
        public internal(set) var dialStatus = ""
        /// Variables set since the call was first seen, with their latest values, in the order in which they were first
        /// set.
        public internal(set) var variables: [CallVariable] = []

        /// The progress of the call.
        public var stage: Stage {
            if channels.isEmpty { return .over }
            if !parkingSpace.isEmpty { return .parked }
            if waitsSince != nil { return .waiting }
            let bridges = channels.map(\.bridgeID).filter { !$0.isEmpty }
            if Set(bridges).count < bridges.count { return .talking }
            if channels.contains(where: { $0.state == .ringing }) { return .ringing }
            return channels.contains { $0.state == .up } ? .up : .dialling
        }

        /// The channels, with each Local pair counted as one: its first half represents both.
        public var legs: [ChannelSnapshot] {
            var bases: Set<String> = []
            return channels.filter { channel in channel.localBase.map { bases.insert($0).inserted } ?? true }
        }

        /// Takes from another call what is unknown in this one.
        mutating func absorb(_ other: Call) {
            startedAt = min(startedAt, other.startedAt)
            if let bridged = other.bridgedAt { bridgedAt = min(bridgedAt ?? bridged, bridged) }
            if queue.isEmpty { (queue, waitsSince) = (other.queue, other.waitsSince) }
            if agent.isEmpty { agent = other.agent }
            if callerNumber.isEmpty { callerNumber = other.callerNumber }
            if callerName.isEmpty { callerName = other.callerName }
            if dialled.isEmpty { dialled = other.dialled }
            if firstChannel.isEmpty { firstChannel = other.firstChannel }
            if parkingSpace.isEmpty { parkingSpace = other.parkingSpace }
            for name in other.dialledChannels { noteDialled(name) }
            for variable in other.variables where !variables.contains(where: { $0.name == variable.name }) {
                variables.append(variable)
            }
        }

        mutating func noteDialled(_ name: String) {
            guard name != firstChannel, dialledChannels.count < 16, !dialledChannels.contains(name) else { return }
            dialledChannels.append(name)
        }
    }
}
