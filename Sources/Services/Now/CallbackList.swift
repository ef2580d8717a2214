public import Base
public import Configuration
import Synchronization

/// Callers who are owed a call, according to the list of lost calls; without their numbers.
public final class CallbackList: Sendable {
    /// A caller who is waiting for a call.
    public struct Owed: Sendable, Equatable {
        /// The PBX.
        public let pbx: String
        /// The queues in which they waited; none for a call that entered no queue.
        public let queues: Set<String>
        /// When the caller was lost for the first time since anybody spoke to them.
        public let lostAt: Moment

        /// A caller who was lost at a time.
        public init(pbx: String, queues: Set<String>, lostAt: Moment) {
            (self.pbx, self.queues, self.lostAt) = (pbx, queues, lostAt)
        }
    }

    private let settings: Settings
    private let desk: QueryDesk
    private let owed = Mutex<[Owed]?>(nil)

    /// A list that sends its queries through a desk.
    public init(_ settings: Settings, _ desk: QueryDesk) { (self.settings, self.desk) = (settings, desk) }

    /// Who is owed a call, the longest first; nil while that is unknown, for instance without a warehouse.
    public var current: [Owed]? { owed.withLock { $0 } }

    /// Takes a list that was just read for another purpose; a list of other days is ignored.
    public func take(_ list: CallbackWorklist) {
        guard list.days == CallbackService.usualDays else { return }
        let new = Self.owed(list.callers)
        owed.withLock { $0 = new }
    }

    /// Updates once a minute until the task is cancelled.
    public func run() async {
        let service = CallbackService(settings)
        while !Task.isCancelled {
            if let list = try? await desk.run({ try await service.list() }) {
                take(list)
            } else {
                owed.withLock { $0 = nil }
            }
            try? await Task.sleep(for: .seconds(60))
        }
    }

    static func owed(_ callers: [LostCaller]) -> [Owed] {
        callers.filter(\.isOwed).map { Owed(pbx: $0.pbx, queues: $0.queues, lostAt: $0.lostAt) }
            .sorted { ($0.lostAt, $0.pbx) < ($1.lostAt, $1.pbx) }
    }
}
