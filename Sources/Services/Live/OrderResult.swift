public import AMIClient
public import Base

/// A request that was carried out.
public struct OrderResult: ServiceResult {
    private let members: [(String, JSON)]

    init(_ members: [(String, JSON)] = []) { self.members = members }

    /// The member `status`, which is `done`, and the members that identify the object of the request.
    public var json: JSON { .object([("status", "done")] + members) }
}

/// The result for channels that were to be ended.
public struct HangupResult: ServiceResult {
    /// One of them.
    public struct End: Sendable {
        /// The channel's name.
        public var channel: String
        /// Its uniqueid.
        public var uniqueid: String
        /// Why it still exists; nil if it is gone.
        public var error: ManagerError?
    }

    /// The channels in the order in which they were ended.
    public let ends: [End]

    /// The member `channels`: for each `channel`, `uniqueid`, `status` (`done`, `unknown` or `failed`) and `detail`.
    public var json: JSON {
        let channels = ends.map { end in
            JSON.object([
                ("channel", .string(end.channel)), ("uniqueid", .string(end.uniqueid)),
                ("status", .string(end.error.map { $0.code == .outcomeUnknown ? "unknown" : "failed" } ?? "done")),
                ("detail", end.error.map { .string($0.description) } ?? .null),
            ])
        }
        return .object([("channels", .array(channels))])
    }
}

/// Where a call was parked.
public struct ParkResult: ServiceResult {
    /// The channel that was parked.
    public let channel: String
    /// Its slot.
    public let slot: CallControl.ParkingSlot

    /// The members `status`, which is `done`, `space`, `lot`, `seconds`, `channel`.
    public var json: JSON {
        .object([
            ("status", "done"), ("space", .string(slot.space)), ("lot", .string(slot.lot)),
            ("seconds", slot.seconds.map(JSON.integer) ?? .null), ("channel", .string(channel)),
        ])
    }
}
