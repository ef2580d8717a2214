import Base
import Synchronization

/// The logged-in users. Sessions are kept in memory: a restart ends them.
final class SessionStore: Sendable {
    private struct Session {
        var user: String
        var began: Moment
        var used: Moment
    }

    /// A session ends after this time without a request.
    static let idle = Duration.seconds(8 * 3600)
    /// A session ends after this time in any case.
    static let longest = Duration.seconds(7 * 86_400)
    /// The most sessions; the least recently used one ends first.
    static let most = 10_000

    private let sessions = Mutex<[String: Session]>([:])

    /// Begins a session.
    ///
    /// - Returns: Its key, 256 random bits.
    func begin(user: String, at now: Moment) -> String {
        let key = RandomText.make(bytes: 32)
        sessions.withLock { sessions in
            sessions = sessions.filter { Self.isAlive($0.value, now) }
            if sessions.count >= Self.most, let oldest = sessions.min(by: { $0.value.used < $1.value.used }) {
                sessions[oldest.key] = nil
            }
            sessions[key] = Session(user: user, began: now, used: now)
        }
        return key
    }

    /// The user of an active session.
    func user(of key: String, at now: Moment) -> String? {
        sessions.withLock { sessions in
            guard let session = sessions[key] else { return nil }
            guard Self.isAlive(session, now) else {
                sessions[key] = nil
                return nil
            }
            sessions[key]?.used = now
            return session.user
        }
    }

    /// Whether a session is active; this does not count as use of it.
    func isAlive(_ key: String, at now: Moment) -> Bool {
        sessions.withLock { sessions in sessions[key].map { Self.isAlive($0, now) } ?? false }
    }

    /// Ends a session.
    func end(_ key: String) { sessions.withLock { $0[key] = nil } }

    /// Ends all sessions of a user.
    func end(user: String) { sessions.withLock { $0 = $0.filter { $0.value.user != user } } }

    /// The number of sessions.
    var count: Int { sessions.withLock { $0.count } }

    private static func isAlive(_ session: Session, _ now: Moment) -> Bool {
        now - session.used < idle && now - session.began < longest && now >= session.began - .seconds(3600)
    }
}
