public import Base

/// Which numbers belong to the PBX.
///
/// Entries, separated by commas, semicolons or blanks:
///
///     3           any three digits               (one digit, or two bounds of at most two: lengths)
///     3-4         three or four digits
///     101         this number                    (two digits or more: numbers)
///     100-199     these numbers
///     _1XX, 1XX   an Asterisk pattern: X 0-9, Z 1-9, N 2-9, [1-37] a set, . one digit or more, ! any or none
public struct ExtensionPlan: Hashable, Sendable {
    /// Invariant: not empty.
    let patterns: [ExtensionPattern]
    /// Whether nobody configured the plan. An emergency number behind an outside prefix takes precedence over an
    /// assumed plan.
    public let isAssumed: Bool

    /// The default plan: two to five digits are an extension.
    public static let assumed = ExtensionPlan(patterns: [.lengths(2...5)], isAssumed: true)

    private init(patterns: [ExtensionPattern], isAssumed: Bool) {
        self.patterns = patterns
        self.isAssumed = isAssumed
    }

    /// Reads a list of entries. An empty one is ``assumed``.
    ///
    /// - Throws: ``InvalidExtensionPattern`` with the invalid entry.
    public init(_ text: String) throws(InvalidExtensionPattern) {
        try self.init([text])
    }

    /// Reads lists of entries, such as an array in a configuration file.
    ///
    /// - Throws: ``InvalidExtensionPattern`` with the invalid entry.
    public init(_ entries: [String]) throws(InvalidExtensionPattern) {
        var patterns: [ExtensionPattern] = []
        for list in entries {
            for entry in list.split(whereSeparator: { ",; \t\n".contains($0) }) {
                guard let pattern = ExtensionPattern(entry) else { throw InvalidExtensionPattern(entry: String(entry)) }
                patterns.append(pattern)
            }
        }
        self = patterns.isEmpty ? .assumed : ExtensionPlan(patterns: patterns, isAssumed: false)
    }

    /// Whether these bytes are a number of the PBX: ASCII digits that match an entry.
    public func contains(_ digits: UnsafeBufferPointer<UInt8>) -> Bool {
        guard !digits.isEmpty, digits.allSatisfy({ 48...57 ~= $0 }) else { return false }
        return patterns.contains { $0.matches(digits) }
    }

    /// Whether this text is a number of the PBX.
    public func contains(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { contains($0) }
    }
}

/// An entry of an extension plan that is neither lengths, numbers nor an Asterisk pattern.
public struct InvalidExtensionPattern: CategorisedError, Hashable {
    /// The entry as written.
    public let entry: String

    /// The only possible error.
    public var code: String { "invalid-extension" }
    /// An extension plan is part of the configuration.
    public var category: ErrorCategory { .configuration }

    /// A sentence for the author of the entry.
    public var description: String {
        "“\(entry)” is not an extension pattern. Use a length (3), lengths (3-4), numbers (101, 100-199) or a pattern"
            + " (_1XX)."
    }
}
