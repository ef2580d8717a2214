import AMI
import AMIClient
public import Base
public import Switchboard

extension ChannelSnapshot {
    /// The value as an object.
    public var json: JSON {
        .object([
            ("channel", .string(name)), ("uniqueid", .string(uniqueid)), ("linkedid", .string(linkedid)),
            ("state", state.map { .string($0.word) } ?? .null), ("context", .string(context)),
            ("exten", .string(exten)),
            ("priority", .string(priority)), ("application", .string(application)),
            ("application_data", .string(applicationData)), ("caller_number", .string(callerNumber)),
            ("caller_name", .string(callerName)), ("connected_number", .string(connectedNumber)),
            ("connected_name", .string(connectedName)), ("account", .string(account)), ("bridge", .string(bridgeID)),
            ("seconds", seconds.map(JSON.integer) ?? .null),
            ("variables", .object(variables.map { ($0.name, .string(WireTrace.shown($0.value, of: $0.name))) })),
        ])
    }
}

extension ActiveCalls.Call {
    /// The value as an object, with spans up to `now`.
    public func json(at now: Moment) -> JSON {
        .object([
            ("call", .string(id)), ("stage", .string(stage.rawValue)),
            ("seconds", .integer(Int(clamping: now - startedAt))),
            ("caller_number", .string(callerNumber)), ("caller_name", .string(callerName)),
            ("dialled", .string(dialled)),
            ("queue", .string(queue)), ("agent", .string(agent)), ("parking_space", .string(parkingSpace)),
            ("channels", .array(channels.map { .string($0.name) })),
            ("variables", .object(variables.map { ($0.name, .string(WireTrace.shown($0.value, of: $0.name))) })),
        ])
    }
}

extension QueueBoard.Queue {
    /// The value as an object, with spans up to `now`.
    public func json(at now: Moment) -> JSON {
        .object([
            ("queue", .string(name)), ("strategy", .string(strategy)),
            ("callers", .array(callers.map { $0.json(at: now) })),
            ("members", .array(members.map { $0.json(at: now) })), ("completed", .integer(completed)),
            ("abandoned", .integer(abandoned)), ("hold_time", .integer(holdTime)), ("talk_time", .integer(talkTime)),
            ("service_level", .integer(serviceLevel)), ("service_level_pct", .number(serviceLevelPerf)),
            ("service_level2_pct", serviceLevelPerf2.map(JSON.number) ?? .null),
            ("longest_wait", .integer(Int(clamping: longestWait(at: now)))), ("free_members", .integer(freeMembers)),
        ])
    }
}

extension QueueBoard.Caller {
    /// The value as an object, with spans up to `now`.
    public func json(at now: Moment) -> JSON {
        .object([
            ("position", .integer(position)), ("channel", .string(channel)), ("uniqueid", .string(uniqueid)),
            ("number", .string(number)), ("name", .string(name)), ("wait", .integer(Int(clamping: now - since))),
        ])
    }
}

extension QueueBoard.Member {
    /// The value as an object, with spans up to `now`.
    public func json(at now: Moment) -> JSON {
        .object([
            ("name", .string(name)), ("interface", .string(interface)), ("status", .string(status.word)),
            ("paused", .boolean(isPaused)), ("paused_reason", .string(pausedReason)), ("in_call", .boolean(isInCall)),
            ("penalty", .integer(penalty)), ("membership", .string(membership)), ("calls_taken", .integer(callsTaken)),
            ("last_call", lastCall.map { .string($0.iso8601) } ?? .null),
        ])
    }
}

extension OriginateOutcome {
    /// The value as an object.
    public var json: JSON {
        .object([
            ("status", .string(status.rawValue)), ("channel_id", .string(channelID)),
            ("channel", channel.map(JSON.string) ?? .null), ("detail", .string(detail)),
            ("answer_seconds", Self.seconds(answerTime)), ("talk_seconds", Self.seconds(talkTime)),
        ])
    }

    private static func seconds(_ time: Duration?) -> JSON {
        time.map { .number(($0.inSeconds * 1000).rounded() / 1000) } ?? .null
    }
}

extension Int {
    /// A span of time in whole seconds, from 0 to a century.
    fileprivate init(clamping time: Duration) { self = Int(Swift.min(Swift.max(time.wholeSeconds, 0), 3_155_760_000)) }
}
