import CallRecords
import MariaDB

extension ContactDatabase {
    /// Streams the result as the server sends it.
    static func forEachMariaDBRow(
        _ address: MariaDBURL,
        password: String?,
        query: String,
        _ body: RowBody
    ) throws {
        do {
            var configuration = address.configuration
            if let password { configuration.password = password }
            var connection = try Connection(configuration)
            try connection.prepareForReading()
            try connection.beginSnapshot()
            guard let fields = try connection.begin(query) else {
                throw ExtractError(.unknownTable, "The contacts' query returns no rows: it must be a SELECT.")
            }
            let columns = try ContactColumns(names: fields.map(\.name), source: "The contacts' query")
            var cells = [String?](repeating: nil, count: fields.count)
            while try connection.next({ row in for column in cells.indices { cells[column] = row.text(column) } }) {
                // PostgreSQL cannot store a text that contains a NUL.
                for column in cells.indices where cells[column]?.utf8.contains(0) == true {
                    cells[column] = cells[column].map { $0.filter { $0 != "\0" } }
                }
                try body(columns) { cells[$0] }
            }
        } catch let error as DatabaseError {
            throw ExtractError(error)
        }
    }
}

/// `mysql://user:password@host:port/database`, `?socket=/path`, `?tls=required`, `?tls=verified`, `?ca=/path`.
struct MariaDBURL {
    private(set) var configuration = Configuration()

    /// - Throws: ``ExtractError`` for an invalid port, or an option that is not listed above.
    init(_ url: String) throws(ExtractError) {
        var rest = Substring(url)
        if let colon = rest.firstIndex(of: ":") { rest = rest[rest.index(after: colon)...] }
        rest = rest.drop { $0 == "/" }
        let options = rest.cut(after: "?")
        if let database = rest.cut(after: "/"), !database.isEmpty {
            configuration.database = try Self.decoded(database)
        }
        if let at = rest.lastIndex(of: "@") {
            var user = rest[..<at]
            rest = rest[rest.index(after: at)...]
            configuration.password = try user.cut(after: ":").map(Self.decoded)
            if !user.isEmpty { configuration.user = try Self.decoded(user) }
        }
        // The colons of an IPv6 address are inside brackets.
        if let end = rest.lastIndex(of: "]") {
            var tail = rest[rest.index(after: end)...]
            try setPort(tail.cut(after: ":"))
            rest = rest[..<end].dropFirst()
        } else {
            try setPort(rest.cut(after: ":"))
        }
        if !rest.isEmpty { configuration.host = try Self.decoded(rest) }
        for option in (options ?? "").split(separator: "&") { try set(option) }
    }

    private mutating func setPort(_ text: Substring?) throws(ExtractError) {
        guard let text, !text.isEmpty else { return }
        guard let port = UInt16(text) else {
            throw ExtractError(.noInput, "The port in the contacts' URL is not a number from 1 to 65535.")
        }
        configuration.port = port
    }

    private mutating func set(_ option: Substring) throws(ExtractError) {
        var name = option
        let value = try Self.decoded(name.cut(after: "=") ?? "")
        switch (name, value) {
        case ("socket", _): configuration.socket = value
        case ("tls", "required"): configuration.tls = .required
        case ("tls", "verified"): configuration.tls = .verified(authorities: nil)
        case ("ca", _): configuration.tls = .verified(authorities: value)
        default:
            // Its name is not shown: it may be the rest of a password that contains a question mark.
            throw ExtractError(
                .noInput,
                "The contacts' URL has an unknown option. Use socket, tls=required, tls=verified or ca; in a password write ? as %3F."
            )
        }
    }

    private static func decoded(_ text: Substring) throws(ExtractError) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16), rest.count >= 2 else {
                throw ExtractError(.noInput, "The contacts' URL has a % that two hexadecimal digits don't follow.")
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Substring {
    /// Removes and returns what follows the first such character; `nil` if there is none.
    fileprivate mutating func cut(after separator: Character) -> Substring? {
        guard let place = firstIndex(of: separator) else { return nil }
        let tail = self[index(after: place)...]
        self = self[..<place]
        return tail
    }
}

extension ExtractError {
    fileprivate init(_ error: DatabaseError) {
        let code: Code =
            switch error.code {
            case .authentication, .denied: .notPermitted
            case .sql: .unknownTable
            default: .unavailable
            }
        self.init(code, "The contacts cannot be read. \(error)")
    }
}
