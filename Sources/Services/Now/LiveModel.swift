import AMIClient
import Base
public import Configuration
public import Logging
public import Switchboard
import Synchronization

/// Announces that a PBX's state has changed.
public struct StateChange: HubElement {
    /// The PBX.
    public let pbx: String
    /// Its approximate size in bytes.
    public var byteCount: Int { 64 }
    /// The next announcement serves as well.
    public var isEssential: Bool { false }
}

/// What became of a call of a PBX.
public struct LiveCall: HubElement {
    /// The PBX.
    public let pbx: String
    /// What happened.
    public let notice: CallNotice
    /// Its approximate size in bytes.
    public var byteCount: Int { 1024 }
    /// A reader may lose it.
    public var isEssential: Bool { false }
}

/// The current state of the configured PBXs, updated while ``run()`` is active. Reading never waits for a PBX.
public final class LiveModel: Sendable {
    private let states: Mutex<[PBXState]>
    private let followers: [PBXFollower]
    private let replay: ReplayFollower?
    private let hub = EventHub<StateChange, Never>()
    private let callHub = EventHub<LiveCall, Never>()
    private let pops = Mutex(OpenPops())

    /// A model of all PBXs with a manager interface.
    ///
    /// - Parameters:
    ///   - settings: The settings.
    ///   - replay: A recording to show instead of the configured PBXs.
    ///   - followsCalls: Whether ``calls()`` has readers.
    ///   - logger: Receives the connections' warnings.
    ///   - report: Receives notices.
    /// - Throws: `ConfigurationError`, ``ServiceError``.
    public init(
        _ settings: Settings,
        replay: ReplayRequest? = nil,
        followsCalls: Bool = false,
        logger: Logger,
        report: @escaping ServiceNotice.Report
    ) throws {
        let now = Moment.now
        if let replay {
            followers = []
            self.replay = ReplayFollower(
                replay,
                LiveFolder(settings, pbx: nil, name: "replay", followsCalls: followsCalls, at: now),
                report
            )
            states = Mutex([PBXState(name: "replay", at: now)])
            return
        }
        self.replay = nil
        followers = try settings.pbxNames.filter { settings.hasManager($0) }.map { name in
            var configuration = try ManagerConfiguration(settings, pbx: name)
            // A board should be right soon after its PBX is back.
            configuration.longestReconnectDelay = .seconds(4)
            return PBXFollower(
                configuration: configuration,
                folder: LiveFolder(settings, pbx: name, name: name, followsCalls: followsCalls, at: now),
                logger: logger,
                report: report,
                seed: { await TodaySeed.read(settings, pbx: name, at: Moment.now) }
            )
        }
        states = Mutex(followers.map { PBXState(name: $0.folder.name, at: now) })
    }

    /// Whether a recording is being shown.
    public var isReplay: Bool { replay != nil }

    /// The states, in the order of the configuration.
    public var current: [PBXState] { states.withLock { $0 } }

    /// Announces changes from now on. One unread announcement means the same as many, so a slow reader loses nothing.
    public func changes() -> HubReader<StateChange, Never> { hub.reader(limit: HubLimit(events: 1, bytes: 1 << 10)) }

    /// What becomes of calls from now on, in order for each PBX. A reader that is too slow loses some.
    public func calls() -> HubReader<LiveCall, Never> { callHub.reader(limit: HubLimit(events: 10_000)) }

    /// The agents' phones that ring now, and for whom; the oldest first.
    public var openPops: [LiveCall] { pops.withLock { $0.all } }

    /// Follows the PBXs until the task is cancelled.
    public func run() async {
        await withTaskGroup { group in
            for follower in followers { group.addTask { await follower.run { self.publish($0) } } }
            if let replay { group.addTask { await replay.run { self.publish($0) } } }
        }
        hub.finish()
        callHub.finish()
    }

    /// Takes the state of a PBX, and announces it.
    func publish(_ state: PBXState) {
        for notice in state.notices {
            let call = LiveCall(pbx: state.name, notice: notice)
            pops.withLock { $0.take(call) }
            callHub.publish(call)
        }
        var state = state
        state.notices = []
        states.withLock { states in
            if let index = states.firstIndex(where: { $0.name == state.name }) { states[index] = state }
        }
        hub.publish(StateChange(pbx: state.name))
    }
}
