import CMariaDB

extension Connection {
    /// A value as an SQL string literal, quotes included.
    ///
    /// Right for the connection's character set (utf8mb4) and the session's `sql_mode`, `NO_BACKSLASH_ESCAPES` included.
    ///
    /// - Parameter text: The value.
    /// - Returns: The literal.
    public func literal(_ text: String) -> String {
        var text = text
        let escaped = text.withUTF8 { utf8 in
            // The library's manual: room for two bytes a byte and the end.
            [UInt8](unsafeUninitializedCapacity: utf8.count * 2 + 1) { buffer, count in
                count = utf8.withMemoryRebound(to: CChar.self) { source in
                    buffer.withMemoryRebound(to: CChar.self) { target in
                        Int(
                            mysql_real_escape_string(handle, target.baseAddress, source.baseAddress, UInt(source.count))
                        )
                    }
                }
            }
        }
        return "'" + String(decoding: escaped, as: UTF8.self) + "'"
    }

    /// A name of a database, table or column, quoted.
    ///
    /// - Parameter name: The name, as the administrator would write it without quotes.
    /// - Returns: The name between backticks.
    public static func identifier(_ name: String) -> String {
        var quoted = "`"
        for character in name.unicodeScalars {
            quoted.unicodeScalars.append(character)
            if character == "`" { quoted.unicodeScalars.append(character) }
        }
        return quoted + "`"
    }
}
