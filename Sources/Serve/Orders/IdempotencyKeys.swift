import Base
import Synchronization

/// Responses to requests by the client's key: the same key gets the same response, and the request is carried out once
/// (draft-ietf-httpapi-idempotency-key-header).
final class IdempotencyKeys: Sendable {
    private enum Entry {
        case running(request: String)
        case done(request: String, Response, until: Moment)
    }

    static let parameter = APIOperation.Parameter.header(
        "Idempotency-Key",
        "8 to 64 letters, digits, - or _. The same order with the same key is carried out once; its answer is kept for a day."
    )
    private static let lifetime = Duration.seconds(86_400)
    private static let most = 10_000

    private let entries = Mutex<[String: Entry]>([:])

    /// Whether a text is a valid key.
    static func isKey(_ text: String) -> Bool {
        (8...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
                    || byte == UInt8(ascii: "_")
            }
    }

    /// Begins a request.
    ///
    /// - Parameters:
    ///   - key: The client's key, with the client's name.
    ///   - request: The content of the request, to recognise a different request with the same key.
    /// - Returns: The earlier response; nil if the request must be carried out.
    /// - Throws: ``Problem`` if the request is in progress, or the key was used for another request.
    func begin(_ key: String, _ request: String, at now: Moment) throws(Problem) -> Response? {
        let known: Result<Response?, Problem> = entries.withLock { entries in
            switch entries[key] {
            case .running(let other):
                return .failure(
                    other == request
                        ? Problem(.conflict, "refused", "The order with this Idempotency-Key is being carried out.")
                        : Self.misused
                )
            case .done(let other, let response, let until) where until > now:
                return other == request ? .success(response) : .failure(Self.misused)
            case .done, nil:
                if entries.count >= Self.most { entries = entries.filter { Self.isAlive($0.value, now) } }
                guard entries.count < Self.most else {
                    return .failure(
                        Problem(.unavailable, "tryAgainLater", "Too many orders have keys. Try again later.")
                    )
                }
                entries[key] = .running(request: request)
                return .success(nil)
            }
        }
        return try known.get()
    }

    /// Keeps the response to a request; nil forgets the key, so that the request can be repeated.
    func end(_ key: String, _ request: String, _ response: Response?, at now: Moment) {
        entries.withLock { entries in
            entries[key] = response.map { .done(request: request, $0, until: now + Self.lifetime) }
        }
    }

    private static let misused = Problem(
        .unprocessable,
        "usage",
        "This Idempotency-Key was used for another order. Give each order its own key."
    )

    private static func isAlive(_ entry: Entry, _ now: Moment) -> Bool {
        if case .done(_, _, let until) = entry { until > now } else { true }
    }
}

extension OrderRoom {
    /// Carries out a request once for each Idempotency-Key. A failure that leaves the outcome unknown is kept too: the
    /// request may have been carried out.
    ///
    /// - Parameter body: Receives an id for the channel that the request creates, which is the same for the same key.
    func once(_ exchange: Exchange, _ body: (String?) async throws -> Response) async throws -> Response {
        guard let sent = exchange.request.headers["idempotency-key"] else { return try await body(nil) }
        guard IdempotencyKeys.isKey(sent) else {
            throw Problem(.badRequest, "usage", "Idempotency-Key should be 8 to 64 letters, digits, - or _.")
        }
        let key = "\(Self.name(of: exchange))\u{0}\(sent)"
        let request = "\(exchange.request.path)\u{0}\(String(decoding: exchange.request.body, as: UTF8.self))"
        if let known = try keys.begin(key, request, at: .now) { return known }
        do {
            let response = try await body("crm-api-\(ContentHash.text(of: key.utf8))")
            keys.end(key, request, response, at: .now)
            return response
        } catch {
            let problem = Problem(error)
            let isUnknown = problem.kind == ErrorCategory.outcomeUnknown.rawValue
            keys.end(key, request, isUnknown ? problem.response : nil, at: .now)
            throw problem
        }
    }
}
