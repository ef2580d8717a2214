public import Base
public import Postgres
import Warehouse

extension CallStore {
    /// Calls without a linkedid that are parts of others, recognised by the names of their channels: the two halves of
    /// a Local channel, and a channel that one leg rang and that is another leg itself.
    ///
    /// - Parameters:
    ///   - starts: the first and the last start of the legs that may belong to others.
    ///   - connection: in the transaction of the run.
    /// - Returns: the parts, each with the call that it is part of: the one with the smallest number.
    /// - Throws: `PostgresError`.
    public func partsByName(
        of starts: ClosedRange<Moment>,
        _ connection: borrowing Connection
    ) throws -> [Int64: Int64] {
        var wholes: [Int64: Int64] = [:]
        func root(_ call: Int64) -> Int64 {
            var call = call
            while let whole = wholes[call] { call = whole }
            return call
        }
        try connection.query(
            SQLFiles.Load.joinUnlinkedCalls,
            [
                .int64(Int64(pbx)), .moment(starts.lowerBound.adding(seconds: -Self.reach)),
                .moment(starts.upperBound.adding(seconds: Self.reach)),
            ],
            format: .binary
        ).forEach { row in
            let (one, other) = (root(try row.int64(0)), root(try row.int64(1)))
            if one != other { wholes[max(one, other)] = min(one, other) }
        }
        return Dictionary(uniqueKeysWithValues: wholes.keys.map { ($0, root($0)) })
    }

    /// How far the legs of a call may begin before or after one of them, in seconds: longer than calls are.
    private static let reach: Int64 = 6 * 3600
}
