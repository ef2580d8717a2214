/// The parts of a connection URL, or of libpq's `host=… dbname=…`, that can be shown.
///
/// Host, port, database and user can be shown, but only if the whole text is understood beyond doubt. An unescaped `@`,
/// `/`, `?` or `%` in a password makes the rest of the text doubtful, so such a text is secret as a whole.
enum ConnectionURL {
    static let mask = "********"

    /// The text with the password and the parameters masked, or only the mask if the text is doubtful.
    static func masked(_ text: String) -> String {
        guard let parts = Parts(text) else { return mask }
        return parts.shown
    }

    /// Whether the text contains a password, or may contain one.
    static func holdsPassword(_ text: String) -> Bool { Parts(text)?.holdsSecret ?? true }

    /// Parameters of libpq and of the contacts' MariaDB URL that never contain a secret.
    private static let harmless: Set<String> = [
        "host", "hostaddr", "port", "dbname", "user", "service", "passfile", "sslmode", "sslrootcert", "sslcert",
        "sslkey",
        "sslcrl", "connect_timeout", "application_name", "fallback_application_name", "target_session_attrs",
        "keepalives",
        "tcp_user_timeout", "client_encoding", "options", "channel_binding", "gssencmode", "socket", "tls", "ca",
    ]

    private struct Parts {
        var shown = ""
        var holdsSecret = false

        init?(_ text: String) {
            if let colon = text.firstRange(of: "://") {
                guard readURL(scheme: text[..<colon.lowerBound], rest: text[colon.upperBound...]) else { return nil }
            } else {
                guard readKeywords(text) else { return nil }
            }
        }

        /// `scheme://user:password@host:port,host:port/database?name=value&…`, RFC 3986 with libpq's list of hosts.
        private mutating func readURL(scheme: Substring, rest: Substring) -> Bool {
            guard !scheme.isEmpty, scheme.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else {
                return false
            }
            let query = rest.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
            let path = query[0].split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            let authority = path[0].split(separator: "@", omittingEmptySubsequences: false)
            guard authority.count <= 2, let hosts = authority.last else { return false }
            shown = "\(scheme)://"
            if authority.count == 2 {
                let login = authority[0].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                guard login.allSatisfy({ $0.isComponent(besides: "!$&'()*+,;=:") }), !login[0].contains(":") else {
                    return false
                }
                shown += login[0]
                if login.count == 2, !login[1].isEmpty {
                    holdsSecret = true
                    shown += ":" + mask
                }
                shown += "@"
            }
            guard hosts.isHostList else { return false }
            shown += hosts
            if path.count == 2 {
                guard path[1].isComponent(besides: "$") else { return false }
                shown += "/" + path[1]
            }
            guard query.count == 2, !query[1].isEmpty else { return true }
            // In libpq, a password may contain a question mark: what looks like a host and parameters may be a user and
            // a password.
            guard !query[1].contains("@") else { return false }
            for pair in query[1].split(separator: "&", omittingEmptySubsequences: false) {
                let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard sides.count == 2, harmless.contains(String(sides[0])),
                    sides[1].isComponent(besides: "/:,;+$!*'()=")
                else {
                    holdsSecret = true
                    continue
                }
            }
            shown += "?" + mask
            return true
        }

        /// `name = value name='va\'lue'`, as libpq reads it.
        private mutating func readKeywords(_ text: String) -> Bool {
            var rest = text[...]
            var pairs: [String] = []
            var isCut = false
            while true {
                rest = rest.drop(while: \.isWhitespace)
                if rest.isEmpty { break }
                let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
                rest = rest.dropFirst(name.count).drop(while: \.isWhitespace)
                guard !name.isEmpty, rest.popFirst() == "=" else { return false }
                rest = rest.drop(while: \.isWhitespace)
                guard let value = rest.takeKeywordValue() else { return false }
                if !harmless.contains(String(name)) { holdsSecret = true }
                // libpq parses a URL given as the database's name, including any password in it.
                let isPlain = value[...].isComponent(besides: "/:,$[]") && !value.contains("://")
                if !isPlain, name == "dbname" || name == "host" || name == "user" { return false }
                if ["host", "hostaddr", "port", "dbname", "user", "service"].contains(name), isPlain {
                    pairs.append("\(name)=\(value)")
                } else {
                    isCut = true
                }
            }
            guard !pairs.isEmpty || isCut else { return true }
            shown = (pairs + (isCut ? [mask] : [])).joined(separator: " ")
            return true
        }
    }
}

extension Substring {
    /// Whether it consists of unreserved characters, complete percent-escapes and those in `others`.
    fileprivate func isComponent(besides others: String) -> Bool {
        var rest = utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard rest.prefix(2).count == 2, rest.prefix(2).allSatisfy(\.isHexDigit) else { return false }
                rest = rest.dropFirst(2)
            } else {
                let isUnreserved = byte >= 0x80 || byte.isAlphanumeric || "-._~".utf8.contains(byte)
                guard isUnreserved || others.utf8.contains(byte) else { return false }
            }
        }
        return true
    }

    /// `host:port`, `[::1]:port`, several separated by commas, or nothing for the default host.
    fileprivate var isHostList: Bool {
        split(separator: ",", omittingEmptySubsequences: false).allSatisfy { host in
            var host = host
            if host.first == "[" {
                guard let end = host.firstIndex(of: "]") else { return false }
                guard host[..<end].dropFirst().utf8.allSatisfy({ $0.isHexDigit || ":.%".utf8.contains($0) }) else {
                    return false
                }
                host = host[host.index(after: end)...]
                guard host.isEmpty || host.first == ":" else { return false }
            }
            let sides = host.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = sides.first, name.isComponent(besides: "") else { return false }
            return sides.count == 1 || sides[1].utf8.allSatisfy { 48...57 ~= $0 }
        }
    }

    /// Takes a value of libpq's keyword form: up to a blank, or in single quotes; a backslash escapes.
    fileprivate mutating func takeKeywordValue() -> String? {
        let isQuoted = first == "'"
        if isQuoted { removeFirst() }
        var value = ""
        while let character = first {
            if isQuoted ? character == "'" : character.isWhitespace { break }
            removeFirst()
            if character == "\\" {
                guard let escaped = popFirst() else { return nil }
                value.append(escaped)
            } else {
                value.append(character)
            }
        }
        if isQuoted, popFirst() != "'" { return nil }
        return value
    }
}

extension UInt8 {
    fileprivate var isHexDigit: Bool { 48...57 ~= self || 65...70 ~= self || 97...102 ~= self }
    fileprivate var isAlphanumeric: Bool { 48...57 ~= self || 65...90 ~= self || 97...122 ~= self }
}
