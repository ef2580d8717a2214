/// One AMI session as a machine without I/O: it is fed bytes, actions and the time, and returns what to do.
///
///     awaitingBanner ─→ challenging ─→ loggingIn ─→ ready ─→ closing ─→ closed
///
/// Answers are matched by ActionID only, never by order. A session that has ended is not reused, and nothing is ever
/// sent twice.
public struct Session: ~Copyable {
    /// A point in time, supplied by the owner.
    public typealias Instant = ContinuousClock.Instant

    /// The progress of a session.
    public enum Phase: Sendable {
        /// The connection is open; the greeting is expected.
        case awaitingBanner
        /// `Challenge` was sent; the challenge is expected.
        case challenging
        /// `Login` was sent; its answer is expected.
        case loggingIn
        /// Actions and events flow.
        case ready
        /// `Logoff` was sent; the end of the connection is expected.
        case closing
        /// Nothing more is expected or sent.
        case closed
    }

    /// The progress of the session.
    public internal(set) var phase = Phase.awaitingBanner
    /// The greeting, once it has arrived.
    public internal(set) var banner = ""
    let options: SessionOptions
    var splitter: PacketSplitter
    /// The session ends at this time unless the expected packet arrives first. Nil in `ready` and `closed`.
    var phaseDeadline: Instant?
    var lastReceived: Instant
    /// Set by the PBX's `Shutdown` event.
    var shutdownAnnounced = false
    var actions: ActionTable
    var effects: [SessionEffect] = []

    /// A session whose connection was just opened.
    ///
    /// - Parameters:
    ///   - options: Who logs in, and the limits.
    ///   - actionIDPrefix: Begins every ActionID and distinguishes sessions in the PBX's log. At most 40 bytes.
    ///   - now: The current time.
    public init(options: SessionOptions, actionIDPrefix: String, at now: Instant) {
        self.options = options
        self.splitter = PacketSplitter(encoding: options.encoding, limits: options.limits)
        self.lastReceived = now
        self.phaseDeadline = now + options.bannerTimeout
        self.actions = ActionTable(prefix: actionIDPrefix)
    }

    /// Takes bytes from the PBX.
    public mutating func received(_ bytes: some Collection<UInt8>, at now: Instant) -> [SessionEffect] {
        guard phase != .closed else { return [] }
        lastReceived = now
        actions.keepaliveSince = nil
        splitter.append(bytes)
        do {
            while phase != .closed, let packet = try splitter.next() {
                switch packet {
                case .banner(let text): greeted(text, at: now)
                case .message(let message): took(message, at: now)
                }
            }
        } catch {
            end(.broken(error))
        }
        return takeEffects()
    }

    /// The other side closed the connection.
    public mutating func connectionClosed() -> [SessionEffect] {
        switch phase {
        case .awaitingBanner: end(.closedBeforeBanner)
        case .challenging, .loggingIn: end(.closedDuringLogin)
        case .ready: end(.lost(insideMessage: splitter.isInsideMessage, announced: shutdownAnnounced))
        case .closing: end(nil)
        case .closed: break
        }
        return takeEffects()
    }

    /// Ends the session in an orderly way: logs off if logged in. The results of actions still in flight are lost.
    public mutating func close(at now: Instant) -> [SessionEffect] {
        if phase == .ready {
            phase = .closing
            phaseDeadline = now + .seconds(1)
            send(Action("Logoff"), id: actions.internalID(), at: now)
        } else if phase != .closing {
            end(nil)
        }
        return takeEffects()
    }

    private mutating func greeted(_ text: String, at now: Instant) {
        banner = text
        phaseDeadline = now + options.loginTimeout
        switch options.credentials.method {
        case .challenge:
            phase = .challenging
            send(Action("Challenge", .reads, ["AuthType": "MD5"]), id: actions.internalID(), at: now)
        case .plain:
            logIn(["Secret": options.credentials.secret], at: now)
        }
    }

    private mutating func took(_ message: Message, at now: Instant) {
        switch phase {
        case .challenging where message.kind == .reply:
            guard let challenge = message.bytes(of: "Challenge"), !challenge.isEmpty else { return refuse(message) }
            let key = MD5.hexadecimal(of: challenge + Array(options.credentials.secret.utf8))
            logIn(["AuthType": "MD5", "Key": key], at: now)
        case .loggingIn where message.kind == .reply:
            guard message["Response"]?.isSame(as: "Success") ?? false else { return refuse(message) }
            phase = .ready
            phaseDeadline = nil
            effects.append(.ready(banner: banner))
            sendWaiting(at: now)
        case .ready:
            dispatch(message, at: now)
        case .closing where message["Response"]?.isSame(as: "Goodbye") ?? false:
            end(nil)
        default:
            // Events before the login's answer cannot be for us yet; some versions send FullyBooted early.
            if message.kind == .event { effects.append(.event(message)) }
        }
    }

    private mutating func logIn(_ proof: KeyValuePairs<String, String?>, at now: Instant) {
        phase = .loggingIn
        var login = Action(
            "Login",
            .reads,
            ["Username": options.credentials.username, "Events": options.events.description]
        )
        for (name, value) in proof { login.add(name, value) }
        send(login, id: actions.internalID(), at: now)
    }

    private mutating func refuse(_ message: Message) {
        end(.loginRefused((message["Message"] ?? "").trimmedBlanks))
    }

    mutating func send(_ action: Action, id: String, at now: Instant) {
        do {
            effects.append(.write(try action.encoded(actionID: id)))
        } catch {
            end(.broken(error))
        }
    }

    /// Ends the session: every action fails, sent ones with an unknown outcome.
    mutating func end(_ failure: SessionFailure?) {
        guard phase != .closed else { return }
        phase = .closed
        phaseDeadline = nil
        for (ticket, pending) in actions.removeAll() {
            let lost = ActionFailure(
                reason: .lost,
                wasSent: pending.isSent,
                actionID: actions.id(of: ticket),
                partial: pending.items,
                ending: failure
            )
            effects.append(.finished(ticket: ticket, .failure(lost)))
        }
        effects.append(.close(failure))
    }

    mutating func takeEffects() -> [SessionEffect] {
        defer { effects.removeAll(keepingCapacity: true) }
        return effects
    }
}
