import AMIClient
import Base
import CallRecords
import Configuration
import Extract
import Switchboard

/// Folds the events of one PBX into its state. Does no I/O.
struct LiveFolder: Sendable {
    let name: String
    private var queues = QueueBoardFollower()
    private var calls = ActiveCalls(variablesPerCall: 0)
    private(set) var visits: TodayVisits
    /// What becomes of calls; nil if nobody wants to know.
    private var callEvents: CallEventMachine?
    /// What is to be told of calls with the next state.
    private var notices: [CallNotice] = []
    /// Whether events were missed since the calls were last listed.
    private var mustResume = true
    private let zone: ZoneTable
    /// How far back the rules of alerts look at visits; nil if none does.
    private let recent: Duration?
    /// Whether there has been a connection.
    private(set) var hasBegun = false
    private let newVisits: @Sendable (Moment) -> TodayVisits
    var counts = PBXState.Counts()
    var answerTime: Duration?
    var answerTimes = TimeHistogram()
    var greeting: String?
    var problem: String?
    /// Whether anything was taken since the last call of ``state(at:)``.
    private(set) var hasChanged = true
    /// When the log of today was last requested, and the end of the last gap at that time.
    private var hasSeed = false
    private var asked: (at: Moment, gap: Moment)?
    /// How often the log is read again while something is missing that it may get later.
    private static let askingAgain = Duration.seconds(300)

    init(_ settings: Settings, pbx: String?, name: String, followsCalls: Bool = false, at now: Moment) {
        self.name = name
        if followsCalls { callEvents = CallEventMachine(reader: CallPlan(settings, pbx: pbx)) }
        let zone = (try? settings.pbx(pbx))?.timeZone.flatMap { try? ZoneFiles.load($0) } ?? .utc
        self.zone = zone
        recent = settings.longestVisitWindow
        let limits = settings.queueLimits
        newVisits = { now in TodayVisits(from: now, zone: zone, limits: limits) }
        visits = newVisits(now)
        queues.disconnected(at: now)
        problem = "Connecting for the first time."
    }

    /// Whether the PBX must be asked for its queues and channels now.
    func needsSnapshot(at now: Moment) -> Bool { queues.needsSnapshot(at: now) }

    /// Starts over, for example when a recording begins again.
    mutating func restart(at now: Moment) {
        hasBegun = true
        queues = QueueBoardFollower()
        calls = ActiveCalls(variablesPerCall: 0)
        if let reader = callEvents?.reader { callEvents = CallEventMachine(reader: reader) }
        notices = []
        let totals = visits.totals
        visits = newVisits(now)
        // Counters go on.
        visits.totals = totals
        hasChanged = true
    }

    /// Whether the log of today should be read now: at the start, after events were missed, and from time to time while something
    /// is missing.
    mutating func wantsSeed(at now: Moment) -> Bool {
        guard hasBegun, queues.staleSince == nil, !queues.needsSnapshot(at: now) else { return false }
        let gap = visits.gaps.last?.to ?? .distantPast
        if let asked, visits.gaps.isEmpty || gap <= asked.gap && now - asked.at < Self.askingAgain { return false }
        asked = (now, gap)
        return true
    }

    /// Takes what happened today before the start, or while events were missed.
    mutating func take(seed: TodaySeed, at now: Moment) {
        let midnight = zone.midnight(before: now)
        if !hasSeed { visits.take(seed: seed, midnight: midnight) }
        hasSeed = true
        visits.fill(from: seed, midnight: midnight)
        hasChanged = true
    }

    /// Takes an event that happened at `time`.
    mutating func take(_ event: PBXEvent, at time: Moment) {
        queues.take(event, at: time)
        // The target of a transfer, and the reason why a caller left, are reported by events that change no call.
        visits.take(event, at: time)
        calls.apply(event, at: time)
        if let told = callEvents?.take(event, at: time) { tell(told) }
        hasChanged = true
    }

    /// Takes complete lists of queues and channels.
    mutating func take(queues items: [QueueSnapshotItem], channels: [ChannelSnapshot], at now: Moment) {
        queues.take(snapshot: items, at: now)
        visits.take(snapshot: items, at: now)
        calls.replace(with: channels, at: now)
        // Between gaps the events alone are right: a list may be older than events that have been taken already.
        if mustResume, let told = callEvents?.resume(channels: channels, queues: items, at: now) { tell(told) }
        mustResume = false
        hasChanged = true
    }

    /// Keeps notices until the next state, in a flood only the latest.
    private mutating func tell(_ told: [CallNotice]) {
        notices += told
        if notices.count > Self.mostNotices { notices.removeFirst(notices.count - Self.mostNotices) }
    }

    /// Ten thousand in a quarter of a second are more than any PBX has.
    private static let mostNotices = 10_000

    /// The lists could not be read.
    mutating func snapshotFailed(at now: Moment) { queues.snapshotFailed(at: now) }

    mutating func connected(at now: Moment) {
        mustResume = true
        queues.connected()
        // What came before the first connection nobody heard.
        if !hasBegun { visits.begin(at: now) }
        hasBegun = true
        problem = nil
        hasChanged = true
    }

    mutating func disconnected(_ sentence: String, at now: Moment) {
        queues.disconnected(at: now)
        visits.missedEvents(at: now, .notConnected)
        problem = sentence
        hasChanged = true
    }

    mutating func missedEvents(at now: Moment) {
        mustResume = true
        queues.missedEvents()
        visits.missedEvents(at: now, .eventsLost)
    }

    /// The state at a moment.
    mutating func state(at now: Moment) -> PBXState {
        visits.tick(at: now)
        hasChanged = false
        var state = PBXState(name: name, at: now)
        state.board = queues.board
        state.calls = calls.longestFirst
        (state.today, state.yesterday) = visits.figures()
        (state.blanks, state.isKnown) = (visits.blanks(at: now), hasBegun)
        (state.todayMidnight, state.todayEnds) = (zone.midnight(before: visits.since), visits.tomorrow)
        state.todaySince = visits.since
        (state.todayGap, state.agentsToday) = (visits.gap, visits.agents())
        state.totals = visits.totals
        state.staleSince = queues.staleSince
        state.recentVisits = recent.map { visits.recent(since: now - $0) } ?? []
        state.unansweredInRow = visits.unansweredInRow
        state.problem = problem
        (state.counts, state.answerTime, state.greeting) = (counts, answerTime, greeting)
        state.answerTimes = answerTimes
        (state.notices, notices) = (notices, [])
        return state
    }
}
