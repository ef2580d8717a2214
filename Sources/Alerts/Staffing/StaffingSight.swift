public import Base
public import Switchboard

/// What is known about a PBX when the rules for staffing are evaluated.
public struct StaffingSight: Sendable {
    /// Its name in the configuration.
    public var pbx: String
    /// Its zone.
    public var zone: ZoneTable
    /// Its queues; nil while there is no connection, or they have not been read since there is one.
    public var queues: [StaffingQueue]?
    /// When it was started, and when that was seen; nil if unknown.
    public var started: (at: Moment, seenAt: Moment)?
    /// The states of devices that were asked for, by their names.
    public var devices: [String: QueueBoard.Member.Status] = [:]

    /// A PBX and its queues; nil if nothing is known about them.
    public init(_ pbx: String, zone: ZoneTable = .utc, queues: [StaffingQueue]?) {
        (self.pbx, self.zone, self.queues) = (pbx, zone, queues)
    }

    func queue(_ name: String) -> StaffingQueue? {
        let name = name.lowercased()
        return queues?.first { $0.name.lowercased() == name }
    }
}

/// A queue for the rules for staffing.
public struct StaffingQueue: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Since when each caller has been waiting.
    public var callers: [Moment]
    /// Its members, in the PBX's order.
    public var members: [StaffingMember]

    /// A queue.
    public init(_ name: String, callers: [Moment] = [], members: [StaffingMember] = []) {
        (self.name, self.callers, self.members) = (name, callers, members)
    }

    /// A queue of the board.
    public init(_ queue: QueueBoard.Queue) {
        self.init(queue.name, callers: queue.callers.map(\.since), members: queue.members.map { StaffingMember($0) })
    }

    func member(_ interface: String) -> StaffingMember? { members.first { $0.interface == interface } }

    /// The queue as the measures of alerts see it, without some members.
    func measured(without absent: Set<String>) -> AlertSnapshot.Queue {
        AlertSnapshot.Queue(
            name,
            callers: callers.map { AlertSnapshot.Caller("", since: $0) },
            members: members.filter { !absent.contains($0.interface) }.map { member in
                var shown = AlertSnapshot.Member(member.name)
                (shown.isLoggedIn, shown.isFree) = (member.isReachable, member.isFree)
                if member.isPaused { shown.pausedSince = .distantPast }
                return shown
            }
        )
    }
}

/// A member of a queue for the rules for staffing.
public struct StaffingMember: Sendable, Equatable {
    /// The dialled interface.
    public var interface: String
    /// The name in reports.
    public var name: String
    /// Whether it was added at run time, rather than by `queues.conf` or a database.
    public var isDynamic = true
    /// The device's state.
    public var status = QueueBoard.Member.Status.notInUse
    /// Whether the member has a call from this queue.
    public var isInCall = false
    /// The penalty.
    public var penalty = 0
    /// Whether the member is paused, and why.
    public var isPaused = false, pausedReason = ""
    /// When the member was added, by the PBX's clock; nil if unknown.
    public var loggedInSince: Moment?

    /// A free member.
    public init(_ interface: String, name: String? = nil) {
        (self.interface, self.name) = (interface, name ?? interface)
    }

    /// A member of the board.
    public init(_ member: QueueBoard.Member) {
        self.init(member.interface, name: member.name)
        (isDynamic, status) = (member.membership == "dynamic", member.status)
        (isInCall, penalty, isPaused) = (member.isInCall, member.penalty, member.isPaused)
        (pausedReason, loggedInSince) = (member.pausedReason, member.loggedInSince)
    }

    /// Whether the phone can be reached.
    public var isReachable: Bool { status != .unavailable && status != .invalid }
    /// Whether the member is on a call, or a phone rings.
    public var isBusy: Bool {
        switch status {
        case .inUse, .busy, .ringing, .ringInUse, .onHold: true
        case .unknown, .notInUse, .invalid, .unavailable: isInCall
        }
    }
    /// Whether the member could be given a call now.
    public var isFree: Bool { !isPaused && status == .notInUse && !isInCall }
}
