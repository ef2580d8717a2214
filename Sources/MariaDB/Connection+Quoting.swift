import CMariaDB

extension Connection {
    /// A value as an SQL string literal, quotes included.
    ///
    /// Correct for the connection's character set (utf8mb4) and the session's `sql_mode`, including
    /// `NO_BACKSLASH_ESCAPES`.
    ///
    /// - Parameter text: The value.
    /// - Returns: The literal.
    public func literal(_ text: String) -> String {
        var text = text
        let escaped = text.withUTF8 { utf8 in
            // According to the library's manual: two bytes for each byte, and one for the end.
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

    /// A quoted name of a database, table or column.
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
