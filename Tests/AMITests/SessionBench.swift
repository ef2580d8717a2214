import Testing

@testable import AMI

/// A session with a controlled clock, and its output.
struct Bench: ~Copyable {
    var session: Session
    var now = ContinuousClock.now
    var written: [String] = []
    var events: [String] = []
    var orphans = 0
    var finished: [Int: Result<Reply, ActionFailure>] = [:]
    var closed: SessionFailure??

    init(_ change: (inout SessionOptions) -> Void = { _ in }) {
        var options = SessionOptions(credentials: Credentials(username: "crm", secret: "secret"))
        change(&options)
        session = Session(options: options, actionIDPrefix: "t", at: now)
    }

    mutating func receive(_ text: String) {
        take(session.received(text.utf8, at: now))
    }

    mutating func pass(_ time: Duration) {
        now += time
        take(session.elapsed(at: now))
    }

    mutating func submit(
        _ action: Action,
        expecting expectation: ExpectedAnswer = .reply,
        timeout: Duration = .seconds(10)
    ) throws -> Int {
        let (ticket, effects) = try session.submit(action, expecting: expectation, timeout: timeout, at: now)
        take(effects)
        return ticket
    }

    mutating func take(_ effects: [SessionEffect]) {
        for effect in effects {
            switch effect {
            case .write(let bytes): written.append(String(decoding: bytes, as: UTF8.self))
            case .ready: break
            case .event(let message): events.append(message.eventName ?? "")
            case .finished(let ticket, let result): finished[ticket] = result
            case .orphan: orphans += 1
            case .close(let failure): closed = .some(failure)
            }
        }
    }

    /// Completes the greeting and the login. The challenge and key follow RFC 1321 and were computed with md5sum.
    mutating func logIn() {
        receive("Asterisk Call Manager/11.0.0\r\n")
        receive("Response: Success\r\nActionID: t-1\r\nChallenge: 123456\r\n\r\n")
        receive("Response: Success\r\nActionID: t-2\r\nMessage: Authentication accepted\r\n\r\n")
        written = []
    }

    func reply(_ ticket: Int) -> Reply? {
        try? finished[ticket]?.get()
    }

    func failure(_ ticket: Int) -> ActionFailure? {
        if case .failure(let failure)? = finished[ticket] { failure } else { nil }
    }
}
