/// An `http` or `https` URL of the configuration, in parts. Path and query may be secrets; ``place`` never shows them.
public struct EndpointURL: Sendable, Equatable {
    /// Whether it is `https`.
    public let isSecure: Bool
    /// A name or an address, without brackets.
    public let host: String
    /// The TCP port.
    public let port: Int
    /// Path and query, at least `/`.
    public let target: String
    /// `USER:PASSWORD`, if the URL has them.
    let credentials: String?

    /// Parses a URL; nil if it is no complete `http` or `https` URL, or has characters that do not belong in one.
    public init?(_ text: String) {
        guard let scheme = text.range(of: "://") else { return nil }
        switch text[..<scheme.lowerBound].lowercased() {
        case "https": isSecure = true
        case "http": isSecure = false
        default: return nil
        }
        // A blank or control character could change the meaning of the request.
        guard text.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else { return nil }
        let rest = text[scheme.upperBound...].prefix { $0 != "#" }
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        var authority = rest[..<end]
        let tail = rest[end...]
        target = tail.hasPrefix("/") ? String(tail) : "/" + tail
        if let at = authority.lastIndex(of: "@") {
            guard let decoded = Self.decoded(authority[..<at]) else { return nil }
            credentials = decoded
            authority = authority[authority.index(after: at)...]
        } else {
            credentials = nil
        }
        var portText: Substring?
        if authority.hasPrefix("[") {
            guard let close = authority.firstIndex(of: "]") else { return nil }
            host = String(authority[authority.index(after: authority.startIndex)..<close])
            let after = authority[authority.index(after: close)...]
            if !after.isEmpty {
                guard after.hasPrefix(":") else { return nil }
                portText = after.dropFirst()
            }
        } else {
            let parts = authority.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            host = String(parts[0])
            portText = parts.count > 1 ? parts[1] : nil
        }
        guard !host.isEmpty, !host.contains(":") || authority.hasPrefix("[") else { return nil }
        if let portText {
            guard let number = Int(portText), 1...65_535 ~= number else { return nil }
            port = number
        } else {
            port = isSecure ? 443 : 80
        }
    }

    /// Host and port, for messages.
    public var place: String { (host.contains(":") ? "[\(host)]" : host) + ":\(port)" }

    /// The value of the request's `Host` field.
    var hostField: String { port == (isSecure ? 443 : 80) ? (host.contains(":") ? "[\(host)]" : host) : place }

    /// The URL with a path below it: `https://host/base` and `/api` make `https://host/base/api`. A query is dropped.
    func appending(path: String) -> EndpointURL {
        let base = target.prefix { $0 != "?" }
        return EndpointURL(self, target: (base.hasSuffix("/") ? String(base.dropLast()) : String(base)) + path)
    }

    private init(_ other: EndpointURL, target: String) {
        (isSecure, host, port, credentials) = (other.isSecure, other.host, other.port, other.credentials)
        self.target = target
    }

    /// Replaces `%41` by `A`.
    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}

extension String {
    fileprivate func range(of text: String) -> Range<String.Index>? {
        firstRange(of: text)
    }
}
