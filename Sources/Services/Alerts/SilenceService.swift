public import Alerts
public import Base
public import Configuration

/// Lists, adds and ends silences.
public struct SilenceService: Sendable {
    private let files: AlertFiles
    /// The longest silence: one that is forgotten should end by itself.
    public static let longest = Duration.seconds(30 * 86_400)

    /// The silences of a configuration.
    public init(_ settings: Settings) { files = AlertFiles(settings) }

    /// The silences that are not over, those that end first first.
    ///
    /// - Throws: `FileError` if they cannot be read; ``ServiceError`` if the file is damaged.
    public func list() throws -> [AlertSilence] {
        try files.silences(at: Moment.now).sorted { ($0.until, $0.id) < ($1.until, $1.id) }
    }

    /// Adds a silence that begins now.
    ///
    /// - Throws: ``ServiceError`` without a condition, for one that cannot be read, or if it would be longer than ``longest``; `FileError`.
    @discardableResult
    public func add(
        _ conditions: [String],
        for span: Duration,
        author: String,
        comment: String
    ) throws -> AlertSilence {
        let matchers = try conditions.map { text in
            if let matcher = AlertMatcher(text) { return matcher }
            throw ServiceError(
                .usage,
                "\(text) is not a condition such as queue=support, rule=long-* or trunk!=backup."
            )
        }
        guard !matchers.isEmpty else {
            throw ServiceError(.usage, "A silence needs at least one condition, such as queue=support.")
        }
        guard span > .zero, span <= Self.longest else {
            throw ServiceError(.usage, "A silence lasts at most 30 days.")
        }
        let now = Moment.now
        let silence = AlertSilence(
            id: String(UInt32.random(in: 0x100_0000...UInt32.max), radix: 36),
            matchers,
            from: now,
            until: now + span,
            author: author,
            comment: comment
        )
        try files.changeSilences(at: now) { $0.append(silence) }
        return silence
    }

    /// Ends a silence.
    ///
    /// - Throws: ``ServiceError`` if no silence has the id; `FileError`.
    public func end(_ id: String) throws {
        try files.changeSilences(at: Moment.now) { silences in
            guard silences.contains(where: { $0.id == id }) else {
                throw ServiceError(
                    .notFound,
                    "No silence has the id \(id). `crm-voip alerts list` shows those in force."
                )
            }
            silences.removeAll { $0.id == id }
        }
    }
}

extension AlertSilence {
    /// The silence as an object.
    public var json: JSON {
        [
            "id": .string(id), "conditions": .array(matchers.map { .string($0.description) }),
            "from": .string(from.iso8601), "until": .string(until.iso8601), "author": .string(author),
            "comment": .string(comment),
        ]
    }
}
