/// A key's value in force and where it comes from.
public struct Setting: Sendable {
    /// The path with the names filled in: `["pbx", "main", "ami", "host"]`.
    public let path: [String]
    /// The value in force.
    public let value: Value
    /// Where it comes from.
    public let origin: Origin
    /// What is known of the key.
    public let declaration: Declaration

    /// The path as it is written in TOML.
    public var key: String { KeyPath.written(path) }

    /// The value as TOML with secrets masked.
    public var shown: String {
        switch (declaration.secrecy, value) {
        case (.secret, _): "\"********\""
        case (.mayHoldPassword, .text(let url)): Value.text(ConnectionURL.masked(url)).toml
        default: value.toml
        }
    }

    /// Whether the value is one that other users of the machine may not read.
    var isSecret: Bool {
        switch (declaration.secrecy, value) {
        case (.secret, _): true
        case (.mayHoldPassword, .text(let url)): ConnectionURL.holdsPassword(url)
        default: false
        }
    }
}

/// Paths of keys as text.
enum KeyPath {
    /// The names joined by dots; a name that is not a bare key is quoted.
    static func written(_ path: [String]) -> String {
        path.map { isBare($0) ? $0 : Value.quoted($0) }.joined(separator: ".")
    }

    private static func isBare(_ name: String) -> Bool {
        !name.isEmpty
            && name.unicodeScalars.allSatisfy { scalar in
                switch scalar {
                case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
                default: false
                }
            }
    }
}

/// The part of a connection URL that must not be seen.
enum ConnectionURL {
    /// The URL with `********` for its password, be it before the `@` or a `password=` parameter.
    static func masked(_ url: String) -> String {
        var masked = url
        for range in passwords(in: url).reversed() { masked.replaceSubrange(range, with: "********") }
        return masked
    }

    static func holdsPassword(_ url: String) -> Bool {
        !passwords(in: url).isEmpty
    }

    private static func passwords(in url: String) -> [Range<String.Index>] {
        var found: [Range<String.Index>] = []
        var rest = url.startIndex
        if let authority = url.range(of: "://") {
            let end = url[authority.upperBound...].firstIndex { $0 == "/" || $0 == "?" } ?? url.endIndex
            if let at = url[authority.upperBound..<end].lastIndex(of: "@") {
                if let colon = url[authority.upperBound..<at].firstIndex(of: ":") {
                    found.append(url.index(after: colon)..<at)
                }
                rest = at
            } else {
                rest = authority.upperBound
            }
        }
        // libpq also takes `?password=…`, and `host=… password=…` instead of a URL.
        while let name = url[rest...].range(of: "password=") {
            let end = url[name.upperBound...].firstIndex { $0 == "&" || $0 == " " } ?? url.endIndex
            found.append(name.upperBound..<end)
            rest = end
        }
        return found.filter { !$0.isEmpty }
    }
}

extension StringProtocol {
    fileprivate func range(of word: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            let tail = self[start...]
            if tail.hasPrefix(word) { return start..<index(start, offsetBy: word.count) }
            start = index(after: start)
        }
        return nil
    }
}
