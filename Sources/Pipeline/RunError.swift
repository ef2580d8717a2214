public import Base
import CallRecords

/// Why a run failed, apart from errors of its sources and of the warehouse.
public struct RunError: CategorisedError, Hashable {
    /// The reason for the failure.
    public struct Code: ErrorCode {
        /// The code's name in logs.
        public let rawValue: String

        /// A code by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// Another run is working on the same PBX.
        public static let locked = Code(rawValue: "locked")
        /// The counters do not add up, so they cannot be trusted; nothing was changed.
        public static let miscounted = Code(rawValue: "miscounted")
    }

    /// The reason for the failure.
    public let code: Code
    /// A sentence that tells the user what to do.
    public let description: String

    /// A lock has its own category; counters that do not add up are this program's fault.
    public var category: ErrorCategory { code == .locked ? .locked : .failed }

    /// The error of a run while another one is working on the same PBX.
    static func locked(pbx: String) -> Self {
        Self(code: .locked, description: "Another run for PBX \(pbx) is in progress. Wait until it has ended.")
    }

    /// The error of a run whose counters do not add up.
    static func miscounted(_ counters: Counters) -> Self {
        let figures = counters.named.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
        return Self(
            code: .miscounted,
            description: "The counters do not add up, and nothing was changed. Please report this: \(figures)."
        )
    }
}
