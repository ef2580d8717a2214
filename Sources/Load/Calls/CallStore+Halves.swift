public import Base
public import Postgres
import Warehouse

extension CallStore {
    /// Calls without a linkedid that are parts of others, told by the names of their channels: both halves of a Local channel,
    /// and channels that one leg rang and another one is.
    ///
    /// - Parameters:
    ///   - starts: when the legs began that may belong to others, the first and the last.
    ///   - connection: in the transaction of the run.
    /// - Returns: the parts, with the call that they are part of: the one with the smallest number.
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

    /// Seconds by which the legs of a call may begin before or after one of them: longer than calls are.
    private static let reach: Int64 = 6 * 3600
}
