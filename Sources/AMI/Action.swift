/// A request to the PBX: its name and its headers in order. Nothing is sent before all of it has been checked.
public struct Action: Sendable, Equatable {
    /// What a lost answer means.
    public enum Effect: Sendable {
        /// The action only reads, so it can be repeated.
        case reads
        /// The action changes something: without its answer, nobody knows whether it was carried out.
        case changes
    }

    /// What the PBX accepts in one action (main/manager.c): a line is read into 1024 bytes, line end included, and at most
    /// 128 headers are kept. An ActionID is copied into buffers of 80 bytes and more; past 64 bytes some handlers lose the line end.
    public enum Limits {
        /// The longest line without its line end, in bytes.
        public static let line = 1022
        /// The most lines, `Action` and `ActionID` included.
        public static let headers = 128
        /// The longest ActionID, in bytes.
        public static let actionID = 64
        /// The longest `Channel` (Asterisk cuts longer ones without a word), in bytes.
        public static let channel = 255
        /// The longest `ChannelId`, in bytes.
        public static let channelID = 149
    }

    /// The action's name.
    public let name: String
    /// Headers after `Action` and `ActionID`, in order.
    public private(set) var headers: [(name: String, value: String)]
    /// Whether the action changes something.
    public let effect: Effect

    /// An action that has no headers yet.
    public init(_ name: String, _ effect: Effect = .reads) {
        self.name = name
        self.headers = []
        self.effect = effect
    }

    /// An action with headers; headers without a value are left out.
    public init(_ name: String, _ effect: Effect = .reads, _ headers: KeyValuePairs<String, String?>) {
        self.init(name, effect)
        for (name, value) in headers { add(name, value) }
    }

    /// Adds a header unless the value is nil.
    public mutating func add(_ name: String, _ value: String?) {
        if let value { headers.append((name, value)) }
    }

    /// The first value of a header.
    public subscript(name: String) -> String? {
        headers.first { $0.name.isSame(as: name) }?.value
    }

    /// Actions are equal if they would be sent as the same bytes.
    public static func == (left: Self, right: Self) -> Bool {
        left.name == right.name && left.effect == right.effect
            && left.headers.elementsEqual(right.headers) { $0.name == $1.name && $0.value == $1.value }
    }
}

// The way onto the wire.
extension Action {
    /// The action as bytes.
    ///
    /// - Parameter actionID: The id that the PBX repeats in its answer.
    /// - Returns: All lines with their line ends, including the empty last line.
    /// - Throws: ``ProtocolError`` with code `unsendable` if a name or value has a control byte (LF alone ends a header,
    ///   so it could smuggle in another action) or if Asterisk would cut or refuse the action.
    public func encoded(actionID: String) throws(ProtocolError) -> [UInt8] {
        guard actionID.utf8.count <= Limits.actionID else { throw tooLong("ActionID", Limits.actionID) }
        guard headers.count + 2 <= Limits.headers else {
            throw ProtocolError(
                .unsendable,
                "The action \(name) has \(headers.count) headers; Asterisk takes \(Limits.headers - 2)."
            )
        }
        var bytes: [UInt8] = []
        try append("Action", name, to: &bytes)
        try append("ActionID", actionID, to: &bytes)
        for header in headers { try append(header.name, header.value, to: &bytes) }
        bytes.append(contentsOf: [.carriageReturn, .lineFeed])
        return bytes
    }

    private func append(_ name: String, _ value: String, to bytes: inout [UInt8]) throws(ProtocolError) {
        guard !name.isEmpty, name.utf8.allSatisfy(Self.isNameByte) else {
            throw ProtocolError(.unsendable, "A header name of the action \(self.name) has a byte that is not allowed.")
        }
        guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == .tab }) else {
            throw ProtocolError(.unsendable, "\(name) has a line end or another control character in it.")
        }
        guard name.utf8.count + 2 + value.utf8.count <= Limits.line else { throw tooLong(name, Limits.line) }
        if name == "Channel", value.utf8.count > Limits.channel { throw tooLong(name, Limits.channel) }
        if name == "ChannelId" || name == "OtherChannelId", value.utf8.count > Limits.channelID {
            throw tooLong(name, Limits.channelID)
        }
        bytes.append(text: name)
        bytes.append(contentsOf: [.colon, .space])
        bytes.append(text: value)
        bytes.append(contentsOf: [.carriageReturn, .lineFeed])
    }

    private func tooLong(_ name: String, _ limit: Int) -> ProtocolError {
        ProtocolError(.unsendable, "\(name) is longer than the \(limit) bytes that Asterisk takes.")
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (0x21...0x7E).contains(byte) && byte != .colon
    }
}
