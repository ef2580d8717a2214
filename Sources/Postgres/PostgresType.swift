import Base
import CLibPQ

/// The object ids of built-in types, which are fixed in PostgreSQL's pg_type.dat.
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

    /// The array type of an element type.
    static let array: [Oid: Oid] = [bytea: 1001, int8: 1016, text: 1009, timestamptz: 1185]
}

/// The server counts microseconds from 2000-01-01 00:00 UTC; all other code counts from 1970.
///
/// `infinity` and `-infinity` become the distant future and past.
enum Timestamp {
    private static let epoch: Int64 = 946_684_800_000_000

    static func sent(_ moment: Moment) -> Int64 {
        if moment == .distantFuture { return .max }
        let (value, overflow) = moment.microseconds.subtractingReportingOverflow(epoch)
        return overflow ? .min : value
    }

    static func received(_ microseconds: Int64) -> Moment {
        if microseconds == .min { return .distantPast }
        let (value, overflow) = microseconds.addingReportingOverflow(epoch)
        return overflow ? .distantFuture : Moment(microseconds: value)
    }
}
