import CallRecords
import Postgres

extension ContactDatabase {
    /// Streams by COPY, which needs no memory for the result; every column is transferred as text.
    static func forEachPostgresRow(
        url: String,
        password: String?,
        query: String,
        _ body: RowBody
    ) throws {
        do {
            let connection = try Connection(.url(url.settingPassword(password)))
            try connection.transaction(readOnly: true) { connection in
                let names = try connection.query("SELECT * FROM (\(query)\n) AS contacts LIMIT 0").columns.map(\.name)
                let columns = try ContactColumns(names: names, source: "The contacts' query")
                let list = names.map { SQL.identifier($0) + "::text" }.joined(separator: ", ")
                try connection.copyOut(
                    "COPY (SELECT \(list) FROM (\(query)\n) AS contacts) TO STDOUT (FORMAT binary)"
                ) { row in
                    // A closure cannot hold the lent row, so its cells become texts first.
                    var cells = [String?](repeating: nil, count: row.count)
                    for column in cells.indices { cells[column] = try row.textIfPresent(column) }
                    try body(columns) { cells[$0] }
                }
            }
        } catch let error as PostgresError {
            throw ExtractError(error)
        }
    }
}

extension ExtractError {
    fileprivate init(_ error: PostgresError) {
        let code: Code =
            if error.isSQLState("28") || error.isSQLState("42501") {
                .notPermitted
            } else if error.code == .address {
                .noInput
            } else if error.code == .connection || error.code == .connectionLost {
                .unavailable
            } else {
                .unknownTable
            }
        self.init(code, "The contacts cannot be read. \(error)")
    }
}

extension String {
    /// The URL with a password added, unless it has one already; libpq accepts it only as part of the address.
    fileprivate func settingPassword(_ password: String?) -> String {
        guard let password, let scheme = range(of: "://") else { return self }
        let rest = self[scheme.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard let at = authority.lastIndex(of: "@"), !authority[..<at].contains(":") else { return self }
        return self[..<scheme.upperBound] + authority[..<at] + ":" + password.percentEncoded + rest[at...]
    }

    private func range(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }

    /// RFC 3986: everything but unreserved characters escaped.
    private var percentEncoded: String {
        var result = ""
        for byte in utf8 {
            let scalar = Unicode.Scalar(byte)
            if scalar.isASCII, Character(scalar).isLetter || Character(scalar).isNumber || "-._~".utf8.contains(byte) {
                result.unicodeScalars.append(scalar)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                result += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return result
    }
}
