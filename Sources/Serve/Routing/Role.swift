/// What a user may see and do. Each role may do everything that the roles before it may.
public enum Role: String, Sendable, CaseIterable, Comparable {
    /// Figures without personal data: a wall display.
    case wall
    /// Agents and calls, with masked numbers.
    case viewer
    /// Numbers and names of callers, and the list of callers to call back.
    case lead
    /// Requests to the PBX: pause, add and remove members.
    case `operator`
    /// Everything.
    case admin

    /// Whether the first may do less.
    public static func < (left: Role, right: Role) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .wall: 0
        case .viewer: 1
        case .lead: 2
        case .operator: 3
        case .admin: 4
        }
    }
}

/// What a token may be used for.
public enum Scope: String, Sendable, CaseIterable {
    /// `/metrics`, for Prometheus.
    case metrics
    /// The wall display.
    case wall
    /// Reading through the API.
    case read = "api:read"
    /// Requests through the API.
    case act = "api:act"
}
