public import Base

/// Calls, the newest first.
public struct CallList: ServiceResult {
    /// The calls.
    public let calls: [CallSummary]
    /// Whether there are more than were requested.
    public let hasMore: Bool
    /// The zone in which times are shown.
    public let zone: ZoneTable

    /// The object that `calls --json` prints.
    public var json: JSON {
        [
            "schema_version": 1,
            "timezone": .string(zone.name),
            "calls": .array(calls.map { $0.json(in: zone) }),
            "has_more": .boolean(hasMore),
        ]
    }
}
