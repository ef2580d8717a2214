import Base
import Reporting
import Synchronization

/// Sentences about what became of orders, kept until the page that follows has shown them: the answer to a form is a page that may
/// be loaded again without ordering anything again.
final class Notices: Sendable {
    /// A sentence for a user.
    struct Notice: Sendable, Equatable {
        var text: String
        var isFailure = false

        /// The sentence above a page.
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

    /// Keeps a sentence, and leads the user to a page that shows it.
    func redirect(_ exchange: Exchange, to path: String, _ notice: Notice, now: Moment = .now) -> Response {
        let id = RandomText.make(bytes: 9)
        entries.withLock { entries in
            entries = entries.filter { $0.value.until > now }
            if entries.count >= Self.most { entries.removeAll() }
            entries[id] = Entry(notice: notice, user: exchange.identity?.name ?? "", until: now + Self.lifetime)
        }
        return .redirect(to: path + (path.contains("?") ? "&" : "?") + "notice=\(id)")
    }

    /// The sentence that a page has to show.
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
