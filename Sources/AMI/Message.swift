public import Base

/// One packet from the PBX: its headers as bytes, in the order of arrival.
///
/// Names repeat (`ChanVariable`, `Output`, `Variable`) and order matters, so this is a list, not a dictionary. If one
/// value is requested, the first is returned: a `UserEvent` repeats whatever its sender wrote, even a second `Event:`,
/// and Asterisk itself reads the first.
public struct Message: Sendable, Equatable {
    /// One header line.
    public struct Header: Sendable, Equatable {
        /// The name as sent. Empty for a line without a colon, which is kept as a value.
        public var name: [UInt8]
        /// The value without the blanks after the colon.
        public var value: [UInt8]

        /// A header from bytes.
        public init(name: [UInt8], value: [UInt8]) {
            self.name = name
            self.value = value
        }
    }

    /// What the packet is. Whichever of `Event` and `Response` comes first decides, since `OriginateResponse` is an
    /// event that has both.
    public enum Kind: Sendable {
        /// An event, or an item of a list.
        case event
        /// The answer to an action.
        case reply
        /// Neither header is present.
        case other
    }

    /// All headers in order.
    public internal(set) var headers: [Header]
    /// How the bytes of values become text.
    public var encoding: TextEncoding
    /// The lines of a `Response: Follows` body (Asterisk up to 13), as received; empty for every other packet.
    public internal(set) var body: [[UInt8]]
    /// The number of bytes that the packet took on the wire, including line ends.
    public internal(set) var byteCount: Int

    /// A message made of these parts, for replays and tests.
    public init(headers: [Header] = [], encoding: TextEncoding = .utf8, body: [[UInt8]] = []) {
        self.headers = headers
        self.encoding = encoding
        self.body = body
        self.byteCount = headers.reduce(2) { $0 + $1.name.count + $1.value.count + 4 }
    }

    /// A message of name and value pairs.
    public init(_ pairs: KeyValuePairs<String, String>) {
        self.init(headers: pairs.map { Header(name: Array($0.key.utf8), value: Array($0.value.utf8)) })
    }

    /// What the packet is.
    public var kind: Kind {
        for header in headers {
            if equalIgnoringCase(header.name, "Event".utf8) { return .event }
            if equalIgnoringCase(header.name, "Response".utf8) { return .reply }
        }
        return .other
    }

    /// The first value of a header, or nil if the header is missing. Names are compared without regard to case.
    public subscript(name: String) -> String? {
        bytes(of: name).map { encoding.text(of: $0) }
    }

    /// The bytes of the first header of that name.
    public func bytes(of name: String) -> [UInt8]? {
        headers.first { equalIgnoringCase($0.name, name.utf8) }?.value
    }

    /// All values of a header, in order.
    public func values(of name: String) -> [String] {
        headers.lazy.filter { equalIgnoringCase($0.name, name.utf8) }.map { encoding.text(of: $0.value) }
    }

    /// A header's value, or nil if it is missing, empty, or one of Asterisk's words for nothing.
    public func nonEmpty(_ name: String) -> String? {
        guard let value = self[name], !value.isEmpty, value != "<unknown>", value != "(null)" else { return nil }
        return value
    }

    /// A header's value as a whole number of at most 53 bits, so that sums of a few do not overflow; nil for anything
    /// else.
    public func integer(_ name: String) -> Int? {
        self[name].flatMap { Int($0.trimmedBlanks) }.flatMap { $0.magnitude <= UInt(Self.largest) ? $0 : nil }
    }

    /// A header's value as a number of at most 53 bits; nil for anything else, including infinity.
    public func number(_ name: String) -> Double? {
        self[name].flatMap { Double($0.trimmedBlanks) }.flatMap { $0.magnitude <= Self.largest ? $0 : nil }
    }

    /// 2 to the power of 53: up to here every whole number is a `Double`.
    private static let largest = 9_007_199_254_740_992.0

    /// A header's value as a boolean, in any of Asterisk's spellings.
    public func flag(_ name: String) -> Bool? {
        guard let value = self[name]?.trimmedBlanks.lowercased() else { return nil }
        if ["1", "yes", "true", "y", "t", "on"].contains(value) { return true }
        if ["0", "no", "false", "n", "f", "off"].contains(value) { return false }
        return nil
    }

    /// The event's name, or nil if the packet is not an event.
    public var eventName: String? { kind == .event ? self["Event"] : nil }

    /// The action that this packet answers, or of whose list it is an item.
    public var actionID: String? { self["ActionID"] }

    /// Names and values as text, in order.
    public var fields: [(name: String, value: String)] {
        headers.map { (String(decoding: $0.name, as: UTF8.self), encoding.text(of: $0.value)) }
    }

    /// Asterisk's clock at the event, if `timestampevents` is on; nil if the value is outside the calendar.
    public var timestamp: Moment? { number("Timestamp").flatMap { $0 < 0 ? nil : Moment(secondsSince1970: $0) } }
}
