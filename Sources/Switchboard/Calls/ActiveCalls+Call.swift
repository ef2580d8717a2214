public import Base

extension ActiveCalls {
    /// One call.
    public struct Call: Sendable {
        /// How far the call is.
        public enum Stage: String, Sendable {
            case dialling, ringing, waiting, up, talking, parked
            /// It has no channel any more.
            case over
        }

        /// The linkedid, or, if it is missing, the first channel's uniqueid.
        public internal(set) var id: String
        /// Its channels, oldest first.
        public internal(set) var channels: [ChannelSnapshot] = []
        /// When the first channel came to be.
        public internal(set) var startedAt: Moment
        /// When two channels first were in one bridge.
        public internal(set) var bridgedAt: Moment?
        /// The number that called.
        public internal(set) var callerNumber = ""
        /// The name that called.
        public internal(set) var callerName = ""
        /// What was dialled first.
        public internal(set) var dialled = ""
        /// The name of the first channel, by which a call's direction can be told; it stays when that channel has ended.
        public internal(set) var firstChannel = ""
        /// Names of phones and lines that were dialled, in their order; at most sixteen.
        public internal(set) var dialledChannels: [String] = []
        /// The queue that the call is in or came through.
        public internal(set) var queue = ""
        /// When it entered that queue; nil once it left.
        public internal(set) var waitsSince: Moment?
        /// The queue member who has the call: the member's name, else the interface.
        public internal(set) var agent = ""
        /// The parking space that it is in.
        public internal(set) var parkingSpace = ""
        /// The last result of dialling (`ANSWER`, `BUSY`, `NOANSWER`, …).
        public internal(set) var dialStatus = ""
        /// Variables set since the call was first seen, latest value, in the order of their first setting.
        public internal(set) var variables: [CallVariable] = []

        /// How far the call is.
        public var stage: Stage {
            if channels.isEmpty { return .over }
            if !parkingSpace.isEmpty { return .parked }
            if waitsSince != nil { return .waiting }
            let bridges = channels.map(\.bridgeID).filter { !$0.isEmpty }
            if Set(bridges).count < bridges.count { return .talking }
            if channels.contains(where: { $0.state == .ringing }) { return .ringing }
            return channels.contains { $0.state == .up } ? .up : .dialling
        }

        /// The channels with each Local pair as one: its first half stands for both.
        public var legs: [ChannelSnapshot] {
            var bases: Set<String> = []
            return channels.filter { channel in channel.localBase.map { bases.insert($0).inserted } ?? true }
        }

        /// Takes what another call tells, where this one does not.
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
