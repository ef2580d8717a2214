public import CallRecords

/// What a PBX's dialplan contexts mean for the direction of a call, as far as this is configured.
public struct CallPolicy: Sendable {
    /// The meaning of a context.
    public enum Role: Hashable, Sendable {
        case direction(Call.Direction)
        /// Legs in it are part of the call, but say nothing about it.
        case ignored
    }

    private let roles: [String: Role]

    /// - Parameters: contexts by the direction of calls that begin in them; `ignored` is for the legs of helpers.
    public init(inbound: [String] = [], outbound: [String] = [], internal: [String] = [], ignored: [String] = []) {
        var roles: [String: Role] = [:]
        for context in inbound { roles[context] = .direction(.inbound) }
        for context in outbound { roles[context] = .direction(.outbound) }
        for context in `internal` { roles[context] = .direction(.internal) }
        for context in ignored { roles[context] = .ignored }
        self.roles = roles
    }

    /// Whether nothing is configured, so that contexts need not be examined.
    var isEmpty: Bool { roles.isEmpty }

    /// The configured role of a context.
    func role(of context: UnsafeBufferPointer<UInt8>) -> Role? {
        roles.isEmpty ? nil : roles[String(decoding: context, as: UTF8.self)]
    }

    /// The context in which phones dial on FreePBX and similar systems.
    static func isInsideByCustom(_ context: UnsafeBufferPointer<UInt8>) -> Bool {
        context.begins(with: "from-internal")
    }

    /// Contexts in which FreePBX and similar systems receive calls from outside at any site.
    static func isInboundByCustom(_ context: UnsafeBufferPointer<UInt8>) -> Bool {
        guard context.count > 6, context[0] == UInt8(ascii: "f") || context[0] == UInt8(ascii: "e") else {
            return false
        }
        return customs.contains { context.begins(with: $0) }
    }

    private static let customs: [StaticString] = [
        "from-trunk", "from-pstn", "from-did", "from-dahdi", "from-zaptel", "from-external", "ext-did",
    ]
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether the text begins with this word.
    fileprivate func begins(with word: StaticString) -> Bool {
        guard count >= word.utf8CodeUnitCount else { return false }
        return word.withUTF8Buffer { word in word.indices.allSatisfy { self[$0] == word[$0] } }
    }
}
