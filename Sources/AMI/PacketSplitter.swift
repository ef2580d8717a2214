public import Base

/// Splits AMI's byte stream into the banner and messages, however the bytes arrive.
///
/// A line ends with LF or CRLF. The first empty line ends a message; further ones are ignored, since Asterisk ends some
/// replies twice (`QueueRule`) and some header values with a stray LF (`Park`). `Response: Follows`, the form of
/// Command up to Asterisk 13, carries raw text with empty lines up to `--END COMMAND--`.
public struct PacketSplitter: Sendable {
    /// Limits on what a peer can make us hold. Asterisk does not limit what it sends; the longest lines are those of
    /// `ListCommands`.
    public struct Limits: Sendable {
        /// The longest line in bytes.
        public var line = 256 * 1024
        /// The longest message in bytes.
        public var message = 8 * 1024 * 1024
        /// The most headers (and body lines) of a message.
        public var headers = 65_536
        /// The longest banner in bytes.
        public var banner = 256

        /// The limits above.
        public init() {}
    }

    /// One unit of the stream.
    public enum Packet: Sendable, Equatable {
        /// The greeting, without its line end.
        case banner(String)
        /// A message.
        case message(Message)
    }

    private let limits: Limits
    private let encoding: TextEncoding
    private var buffer: [UInt8] = []
    /// The beginning of the line that is not complete yet. Everything before it is consumed.
    private var lineStart = 0
    /// No line end was found between `lineStart` and here, so a line that arrives slowly is not scanned again from its
    /// start.
    private var scanned = 0
    private var awaitsBanner: Bool
    private var message: Message
    private var messageBytes = 0
    /// The message began with `Response: Follows`, so that everything after its few headers is text.
    private var followsCommand = false
    /// The last body line ended in the end marker; an empty line now ends the message.
    private var sawEndMarker = false

    /// A splitter at the start of a stream.
    ///
    /// - Parameters:
    ///   - expectsBanner: False if the stream has no greeting, such as a recording.
    ///   - encoding: How the messages' values become text.
    ///   - limits: What to refuse.
    public init(expectsBanner: Bool = true, encoding: TextEncoding = .utf8, limits: Limits = Limits()) {
        self.awaitsBanner = expectsBanner
        self.encoding = encoding
        self.limits = limits
        self.message = Message(encoding: encoding)
    }

    /// Whether a message or line has begun but not ended, and would be lost if the stream ended here.
    public var isInsideMessage: Bool { lineStart < buffer.count || !message.headers.isEmpty }

    /// Takes bytes in the order of arrival.
    public mutating func append(_ bytes: some Collection<UInt8>) {
        // Consumed bytes are removed only when they outweigh the rest, so that each byte is moved a bounded number of
        // times.
        if lineStart > 0, lineStart >= buffer.count - lineStart {
            buffer.removeFirst(lineStart)
            scanned -= lineStart
            lineStart = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// The next complete packet, or nil if more bytes are needed.
    ///
    /// - Throws: ``ProtocolError`` if a limit is exceeded or the greeting is not Asterisk's. The stream cannot be used
    ///   after that.
    public mutating func next() throws(ProtocolError) -> Packet? {
        while let line = try nextLine() {
            if awaitsBanner {
                awaitsBanner = false
                return .banner(try banner(line))
            }
            if let complete = try take(line) { return .message(complete) }
        }
        return nil
    }

    private mutating func nextLine() throws(ProtocolError) -> Range<Int>? {
        let limit = awaitsBanner ? limits.banner : limits.line
        guard let end = buffer[scanned...].firstIndex(of: .lineFeed) else {
            scanned = buffer.count
            if scanned - lineStart > limit { throw tooLong() }
            return nil
        }
        if end - lineStart > limit { throw tooLong() }
        let hasReturn = end > lineStart && buffer[end - 1] == .carriageReturn
        let line = lineStart..<(hasReturn ? end - 1 : end)
        messageBytes += end + 1 - lineStart
        lineStart = end + 1
        scanned = lineStart
        return line
    }

    private func tooLong() -> ProtocolError {
        awaitsBanner
            ? ProtocolError(.notAMI, "The other side does not send an Asterisk Manager's greeting.")
            : ProtocolError(.lineTooLong, "The PBX sent a line of more than \(limits.line) bytes.")
    }

    private mutating func banner(_ line: Range<Int>) throws(ProtocolError) -> String {
        messageBytes = 0
        let text = String(decoding: buffer[line], as: UTF8.self)
        guard text.hasPrefix("Asterisk Call Manager") else {
            throw ProtocolError(.notAMI, "The other side does not send an Asterisk Manager's greeting.")
        }
        return text
    }

    private mutating func take(_ line: Range<Int>) throws(ProtocolError) -> Message? {
        if line.isEmpty, !followsCommand || sawEndMarker { return finish() }
        if messageBytes > limits.message {
            throw ProtocolError(.messageTooLong, "The PBX sent a message of more than \(limits.message) bytes.")
        }
        if message.headers.count + message.body.count >= limits.headers {
            throw ProtocolError(.tooManyHeaders, "The PBX sent a message of more than \(limits.headers) lines.")
        }
        if followsCommand, !isFollowsHeader(line) {
            takeBody(line)
        } else {
            message.headers.append(header(line))
            if message.headers.count == 1 { followsCommand = isFollows(message.headers[0]) }
        }
        return nil
    }

    /// Ends the message; nil for an empty line when no message had begun.
    private mutating func finish() -> Message? {
        defer {
            message = Message(encoding: encoding)
            messageBytes = 0
            followsCommand = false
            sawEndMarker = false
        }
        guard !message.headers.isEmpty else { return nil }
        message.byteCount = messageBytes
        return message
    }

    private func header(_ line: Range<Int>) -> Message.Header {
        guard let colon = buffer[line].firstIndex(of: .colon) else {
            return Message.Header(name: [], value: Array(buffer[line]))
        }
        let value = buffer[(colon + 1)..<line.upperBound].drop { $0 == .space || $0 == .tab }
        return Message.Header(name: Array(buffer[line.lowerBound..<colon]), value: Array(value))
    }
}

// The `Response: Follows` dialect.
extension PacketSplitter {
    private static let endMarker = Array("--END COMMAND--".utf8)

    private func isFollows(_ header: Message.Header) -> Bool {
        equalIgnoringCase(header.name, "Response".utf8) && equalIgnoringCase(header.value, "Follows".utf8)
    }

    /// Asterisk writes Response, Privilege and ActionID, each once, before the text; anything similar that follows is
    /// text.
    private func isFollowsHeader(_ line: Range<Int>) -> Bool {
        guard message.body.isEmpty, let colon = buffer[line].firstIndex(of: .colon) else { return false }
        let name = buffer[line.lowerBound..<colon]
        return ["Privilege", "ActionID", "Message"].contains { equalIgnoringCase(name, $0.utf8) }
            && !message.headers.contains { equalIgnoringCase($0.name, name) }
    }

    /// The marker may be appended to the last line of text, and ends the message only if an empty line follows.
    private mutating func takeBody(_ line: Range<Int>) {
        message.body.append(Array(buffer[line]))
        sawEndMarker = buffer[line].suffix(Self.endMarker.count).elementsEqual(Self.endMarker)
    }
}
