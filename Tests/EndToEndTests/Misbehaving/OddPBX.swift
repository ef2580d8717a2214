import Dispatch
import Glibc
import Synchronization

/// A PBX of the tests' own on a free port, with one conversation and one queue. It does what it is asked to, but where an oddity
/// says otherwise.
final class OddPBX: Sendable {
    let port: UInt16
    private let listener: Int32
    private let oddity: Oddity
    /// The action at which ``Oddity/Occasion/answer`` is, such as `Originate`.
    private let order: String
    /// What stands in the place of every number; nil leaves the ordinary ones.
    private let number: String?
    private let state = Mutex(State())

    private struct State {
        var sessions: [OddSession] = []
        /// Those that get events.
        var readers: [OddSession] = []
        var heard: [String] = []
        var done: [String] = []
        /// An oddity happens once.
        var isOver = false
        var isClosed = false
    }

    /// The actions that were heard, in order.
    var heard: [String] { state.withLock { $0.heard } }
    /// The orders that were carried out, in order.
    var done: [String] { state.withLock { $0.done } }

    init(_ oddity: Oddity, at order: String, number: String? = nil) throws {
        (self.oddity, self.order, self.number) = (oddity, order, number)
        (listener, port) = try LoopbackPort.listen()
        DispatchQueue(label: "pbx").async { self.accept() }
    }

    /// Ends all sessions. The port stays closed.
    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        end(isReset: false, andListener: true)
    }

    private func end(isReset: Bool, andListener: Bool = false) {
        state.withLock { state in
            for session in state.sessions { session.end(isReset: isReset) }
            if andListener { state.isClosed = true }
        }
    }

    private func accept() {
        while true {
            let socket = Glibc.accept(listener, nil, nil)
            guard socket >= 0 else { break }
            _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
            var patience = timeval(tv_sec: 10, tv_usec: 0)
            setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
            var yes = Int32(1)
            setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
            let session = OddSession(socket: socket)
            let isClosed = state.withLock { state in
                state.sessions.append(session)
                return state.isClosed
            }
            if isClosed { session.end(isReset: false) }
            DispatchQueue(label: "session").async { self.serve(session) }
        }
        close(listener)
    }

    private func serve(_ session: OddSession) {
        defer {
            state.withLock { state in
                state.sessions.removeAll { $0.socket == session.socket }
                state.readers.removeAll { $0.socket == session.socket }
                close(session.socket)
            }
        }
        guard perform(deeds(.greeting, OddAnswer.greeting), on: session) else { return }
        var rest: [UInt8] = []
        while let action = session.nextAction(&rest) {
            let name = action["Action"] ?? ""
            guard name != "Logoff" else {
                session.send("Response: Goodbye\r\n\r\n".utf8)
                return session.shutDown(Int(SHUT_RDWR))
            }
            guard answer(name, action, on: session) else { return }
        }
    }

    /// False if the session is over.
    private func answer(_ name: String, _ action: [String: String], on session: OddSession) -> Bool {
        let isOdd = name == order && oddity.occasion == .answer && !state.withLock(\.isOver)
        let isOrder = OddAnswer.orders.contains(name)
        let isDone = isOrder && !(name == order && oddity.losesOrder)
        state.withLock { state in
            state.heard.append(name)
            if isDone { state.done.append(name) }
        }
        let isPaused = done.contains("QueuePause")
        let ordinary = OddAnswer.text(name, action, isPaused: isPaused, number: number)
        let occasion: Oddity.Occasion =
            name == order ? .answer : name == "Login" ? .login : name == "Challenge" ? .challenge : .none
        let readsEvents = name == "Login" && action["Events"] != nil && action["Events"] != "off"
        if readsEvents { state.withLock { $0.readers.append(session) } }
        guard perform(deeds(occasion, ordinary), on: session) else { return false }
        if readsEvents {
            return order == "events" ? perform(deeds(.answer, OddAnswer.events(number)), on: session) : true
        }
        if isDone, !(isOdd && !oddity.tells) {
            let news = deeds(.news, OddAnswer.news(of: name, action))
            for reader in state.withLock(\.readers) { _ = perform(news, on: reader) }
        }
        return true
    }

    /// What is done where `text` would be said.
    private func deeds(_ occasion: Oddity.Occasion, _ text: String) -> [Deed] {
        guard occasion == oddity.occasion, !text.isEmpty, !state.withLock(\.isOver) else {
            return text.isEmpty ? [] : [.say(text)]
        }
        state.withLock { $0.isOver = true }
        return oddity.deeds(text)
    }

    /// False if the session is over.
    private func perform(_ deeds: [Deed], on session: OddSession) -> Bool {
        for deed in deeds {
            switch deed {
            case .send(let bytes): guard session.send(bytes) else { return false }
            case .drip(let bytes):
                for byte in bytes {
                    guard session.send(CollectionOfOne(byte)) else { return false }
                    usleep(200)
                }
            case .flood(let bytes, let times):
                for _ in 0..<times { guard session.send(bytes) else { return false } }
            case .pause(let milliseconds): usleep(milliseconds * 1000)
            case .halfClose: session.shutDown(Int(SHUT_WR))
            case .close, .reset:
                var isReset = false
                if case .reset = deed { isReset = true }
                end(isReset: isReset)
                return false
            }
        }
        return true
    }
}
