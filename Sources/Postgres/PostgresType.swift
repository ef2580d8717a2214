import CLibPQ

/// The object ids of built-in types, fixed in PostgreSQL's pg_type.dat.
enum PostgresType {
    static let bool: Oid = 16
    static let bytea: Oid = 17
    static let int8: Oid = 20
    static let int2: Oid = 21
    static let int4: Oid = 23
    static let text: Oid = 25
    static let json: Oid = 114
    static let float4: Oid = 700
    static let float8: Oid = 701
    static let timestamptz: Oid = 1184
    static let uuid: Oid = 2950

    /// The array type of an element type.
    static let array: [Oid: Oid] = [bytea: 1001, int8: 1016, float8: 1022, text: 1009, timestamptz: 1185, uuid: 2951]
}

/// The server counts microseconds from 2000-01-01 00:00 UTC; everything else here counts from 1970.
///
/// The two ends of `Int64` are `infinity` and `-infinity` on both sides.
enum Timestamp {
    private static let epoch: Int64 = 946_684_800_000_000

    static func sent(_ microseconds: Int64) -> Int64 {
        if microseconds == .max { return .max }
        let (value, overflow) = microseconds.subtractingReportingOverflow(epoch)
        return overflow ? .min : value
    }

    static func received(_ microseconds: Int64) -> Int64 {
        if microseconds == .min { return .min }
        let (value, overflow) = microseconds.addingReportingOverflow(epoch)
        return overflow ? .max : value
    }
}
