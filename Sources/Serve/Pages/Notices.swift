import Base
import Reporting
import Synchronization

/// Messages about the outcome of requests, kept until the following page has shown them: the response to a form is a
/// page that can be reloaded without repeating the request.
final class Notices: Sendable {
    /// A message for a user.
    struct Notice: Sendable, Equatable {
        var text: String
        var isFailure = false

        /// The message at the top of a page.
        var markup: Markup {
            """
            <p class="notice\(isFailure ? " failure" : "" as Markup)" role="\(isFailure ? "alert" : "status" as Markup)">\
            \(text)</p>

            """
        }
    }

    private struct Entry {
        var notice: Notice
        var user: String
        var until: Moment
    }

    private let entries = Mutex<[String: Entry]>([:])
    private static let lifetime = Duration.seconds(300)
    private static let most = 1_000

    /// Keeps a message, and redirects the user to a page that shows it.
    func redirect(_ exchange: Exchange, to path: String, _ notice: Notice, now: Moment = .now) -> Response {
        let id = RandomText.make(bytes: 9)
        entries.withLock { entries in
            entries = entries.filter { $0.value.until > now }
            if entries.count >= Self.most { entries.removeAll() }
            entries[id] = Entry(notice: notice, user: exchange.identity?.name ?? "", until: now + Self.lifetime)
        }
        return .redirect(to: path + (path.contains("?") ? "&" : "?") + "notice=\(id)")
    }

    /// The message that a page must show.
    func notice(_ exchange: Exchange, now: Moment = .now) -> Notice? {
        guard let id = exchange.request.query["notice"] else { return nil }
        return entries.withLock { entries in
            guard let entry = entries[id], entry.until > now, entry.user == exchange.identity?.name ?? "" else {
                return nil
            }
            return entry.notice
        }
    }
}
