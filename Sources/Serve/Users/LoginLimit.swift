import Base
import Synchronization

/// Slows down guessing of passwords: five failures a minute for each address, and for each user.
final class LoginLimit: Sendable {
    static let failures = 5
    static let span = Duration.seconds(60)
    /// The most addresses and users that are remembered.
    private static let most = 10_000

    private let recent = Mutex<[String: [Moment]]>([:])

    /// Seconds to wait before another attempt; nil if one may be made now.
    func wait(address: String, user: String, at now: Moment) -> Int? {
        recent.withLock { recent in
            Self.keys(address, user).compactMap { key -> Int? in
                let times = recent[key, default: []].filter { now - $0 < Self.span && now >= $0 }
                guard times.count >= Self.failures, let first = times.first else { return nil }
                return Int((Self.span - (now - first)).inSeconds.rounded(.up))
            }.max()
        }
    }

    /// Records a failure.
    func failed(address: String, user: String, at now: Moment) {
        recent.withLock { recent in
            if recent.count > Self.most {
                recent = recent.filter { $0.value.contains { now - $0 < Self.span } }
                // This many names are an attack with invented ones; limiting the addresses is enough then.
                if recent.count > Self.most { recent = recent.filter { $0.key.hasPrefix("address ") } }
                if recent.count > Self.most { recent = [:] }
            }
            for key in Self.keys(address, user) {
                recent[key] = (recent[key, default: []].filter { now - $0 < Self.span } + [now]).suffix(Self.failures)
            }
        }
    }

    private static func keys(_ address: String, _ user: String) -> [String] { ["address \(address)", "user \(user)"] }
}
