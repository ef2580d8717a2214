public import Base

/// Callers who did not get through, and what became of them.
public struct CallbackWorklist: ServiceResult {
    /// One row for each caller; those who must be called come first.
    public let callers: [LostCaller]
    /// Lost calls without a number to call back.
    public let withoutNumber: Int
    /// The number of whole days before today that it covers.
    public let days: Int
    /// The zone in which times are shown.
    public let zone: ZoneTable

    /// A list of callers.
    public init(callers: [LostCaller], withoutNumber: Int = 0, days: Int, zone: ZoneTable) {
        (self.callers, self.withoutNumber, self.days, self.zone) = (callers, withoutNumber, days, zone)
    }

    /// The same list with the callers that pass a test.
    public func filtered(_ isWanted: (LostCaller) -> Bool) -> CallbackWorklist {
        CallbackWorklist(callers: callers.filter(isWanted), withoutNumber: withoutNumber, days: days, zone: zone)
    }

    /// The members `schema_version`, `timezone`, `days`, `callers` and `without_number`.
    public var json: JSON {
        [
            "schema_version": 1, "timezone": .string(zone.name), "days": .integer(days),
            "callers": .array(callers.map { $0.json(in: zone) }), "without_number": .integer(withoutNumber),
        ]
    }
}
