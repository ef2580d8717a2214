/// What a rule for alerts measures. The names are those of the configuration; where `[health.*]` has the same figure,
/// the name is the same.
public enum AlertMeasure: String, CaseIterable, Sendable {
    // The queues as they are now.
    case queueWait = "queue_wait"
    case queueCallers = "queue_callers"
    case callersPerFreeAgent = "callers_per_free_agent"
    case unservedCallers = "unserved_callers"
    case queueFreeAgents = "queue_free_agents"
    case queueMembers = "queue_members"
    case queueReadyAgents = "queue_ready_agents"
    // The queues over the last while.
    case serviceLevel = "service_level"
    case abandonedPercent = "abandoned_pct"
    case callbackAge = "callback_age"
    // Agents.
    case agentPause = "agent_pause"
    case agentUnanswered = "agent_unanswered"
    case agentCall = "agent_call"
    // The PBX and its lines.
    case connectionLost = "connection_lost"
    case trunkDown = "trunk_down"
    case endpointDown = "endpoint_down"
    case silence
    case longestCall = "longest_call"
    case stuckChannels = "stuck_channels"
    case uptime
    case channels
    case pingMilliseconds = "ping_ms"
    case clockSkew = "clock_skew"
    case unreachableEndpoints = "unreachable_endpoints"
    case endpointRoundTrip = "endpoint_rtt_ms"
    case failedRegistrations = "failed_registrations"
    case jitter = "jitter_ms"
    case packetLoss = "packet_loss_pct"
    case mediaRoundTrip = "media_rtt_ms"
    case mediaExperience = "media_experience"
    case answeredPercent = "answered_pct"
    case shortCallsPercent = "short_calls_pct"
    // Toll fraud.
    case callsPerExtension = "calls_per_extension"
    case internationalCalls = "international_calls"
    case newCountryCalls = "new_country_calls"
    case premiumCalls = "premium_calls"
    case sequentialCalls = "sequential_calls"
    // The warehouse and certificates.
    case loadAge = "load_age"
    case loadFailed = "load_failed"
    case rejects
    case certificateDays = "certificate_days"
    // The delivery of messages.
    case undeliveredMessages = "undelivered_messages"
    case undeliveredAge = "undelivered_age"
}

extension AlertMeasure {
    /// Where the figure comes from, which decides when nothing is known about it.
    public enum Source: Sendable {
        /// The events of the PBX: unknown while there is no connection.
        case live
        /// The regular check of the PBX's health: unknown if it could not be made.
        case health
        /// The warehouse: unknown while it cannot be read.
        case warehouse
        /// This program itself: always known, but for what another program delivers.
        case own
    }

    /// Where the figure comes from.
    public var source: Source {
        switch self {
        case .queueWait, .queueCallers, .callersPerFreeAgent, .unservedCallers, .queueFreeAgents, .queueMembers,
            .queueReadyAgents, .serviceLevel, .abandonedPercent, .agentPause, .agentUnanswered, .agentCall, .silence,
            .longestCall, .callsPerExtension, .internationalCalls, .newCountryCalls, .premiumCalls, .sequentialCalls:
            .live
        case .trunkDown, .endpointDown, .stuckChannels, .uptime, .channels, .pingMilliseconds, .clockSkew,
            .unreachableEndpoints, .endpointRoundTrip, .failedRegistrations, .jitter, .packetLoss, .mediaRoundTrip,
            .mediaExperience, .answeredPercent, .shortCallsPercent:
            .health
        case .callbackAge, .loadAge, .loadFailed, .rejects: .warehouse
        case .connectionLost, .certificateDays, .undeliveredMessages, .undeliveredAge: .own
        }
    }
}
