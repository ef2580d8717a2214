import CMariaDB

/// The server's description of a column in a result.
public struct Field: Sendable, Equatable {
    /// The kinds of columns that readers distinguish.
    public enum Kind: Sendable {
        case integer, decimal, float, text, bytes, date, time, dateTime, timestamp, other
    }

    /// The column's name or alias.
    public let name: String
    /// The kind of value.
    public let kind: Kind
    /// The longest value, in bytes of the result's character set.
    public let byteLength: Int
    /// The collation number of the values: 63 is binary, 8 latin1, 33 utf8mb3, 45 utf8mb4.
    public let collation: UInt32
    /// Digits after the decimal point; for times, the digits of the fraction.
    public let decimals: Int

    /// The longest value in characters, if the character set's width is known; otherwise nil.
    public var characterLength: Int? {
        Self.maximumBytesPerCharacter(collation: collation).map { byteLength / $0 }
    }

    /// The width in bytes of the widest character in the character set of a collation.
    /// https://mariadb.com/kb/en/supported-character-sets-and-collations/
    ///
    /// - Parameter collation: The collation's number.
    /// - Returns: Bytes; nil for a collation that is not listed here.
    static func maximumBytesPerCharacter(collation: UInt32) -> Int? {
        switch collation {
        // utf8mb3, with its Unicode collations.
        case 33, 76, 83, 192...215, 223: 3
        // utf8mb4, with its Unicode collations and those of MySQL 8.
        case 45, 46, 224...247, 255...323: 4
        // Single bytes: binary, latin1, latin2, latin5, latin7, ascii, koi8r, koi8u, cp125x, cp85x, cp866 …
        case 3...11, 14...16, 18, 20...23, 25, 26, 29...32, 36...44, 47...51, 57...59, 63...82, 92...94, 99: 1
        // utf16, ucs2 and similar sets never reach a client; MariaDB's NOPAD collations are the plain ones plus 1024.
        case 1024..<2048: maximumBytesPerCharacter(collation: collation - 1024)
        // MariaDB 10.10's UCA 14.0.0 collations: 2048 + 256 × (0 utf8mb3, 1 utf8mb4 …).
        case 2048..<2304: 3
        case 2304..<2560: 4
        default: nil
        }
    }
}

extension Field {
    init(_ field: MYSQL_FIELD) {
        name = String(
            decoding: UnsafeRawBufferPointer(start: field.name, count: Int(field.name_length)),
            as: UTF8.self
        )
        byteLength = Int(clamping: field.length)
        collation = field.charsetnr
        decimals = Int(field.decimals)
        kind =
            switch field.type {
            case MYSQL_TYPE_TINY, MYSQL_TYPE_SHORT, MYSQL_TYPE_INT24, MYSQL_TYPE_LONG, MYSQL_TYPE_LONGLONG,
                MYSQL_TYPE_YEAR:
                .integer
            case MYSQL_TYPE_DECIMAL, MYSQL_TYPE_NEWDECIMAL: .decimal
            case MYSQL_TYPE_FLOAT, MYSQL_TYPE_DOUBLE: .float
            case MYSQL_TYPE_DATE, MYSQL_TYPE_NEWDATE: .date
            case MYSQL_TYPE_TIME: .time
            case MYSQL_TYPE_DATETIME: .dateTime
            case MYSQL_TYPE_TIMESTAMP: .timestamp
            case MYSQL_TYPE_VARCHAR, MYSQL_TYPE_VAR_STRING, MYSQL_TYPE_STRING, MYSQL_TYPE_TINY_BLOB, MYSQL_TYPE_BLOB,
                MYSQL_TYPE_MEDIUM_BLOB, MYSQL_TYPE_LONG_BLOB, MYSQL_TYPE_ENUM, MYSQL_TYPE_SET, MYSQL_TYPE_JSON:
                field.charsetnr == 63 ? .bytes : .text
            default: .other
            }
    }
}
