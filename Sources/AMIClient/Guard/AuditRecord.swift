public import Base

/// One line of the audit log. An admitted request has two: the first is written before the PBX receives the request, so
/// that a killed program leaves a trace, and the second has the outcome, under the same ``id``.
public struct AuditRecord: Sendable, Equatable {
    /// When the line was written.
    public var time: Moment
    /// The request's own id, which its lines share.
    public var id: String
    /// Who made the request: the user of the operating system, or of the server.
    public var user: String
    /// The user of the manager interface.
    public var managerUser: String
    /// The PBX, by its name in the configuration.
    public var pbx: String
    /// The command, such as `queue add`.
    public var command: String
    /// The object of the request.
    public var target: String
    /// `admitted` or `refused`.
    public var decision: String
    /// The rule that refused it, or the reason for its failure; nil if there is none.
    public var reason: String?
    /// `done`, `failed`, `unknown`, `cancelled`, `refused`, or the state that a call reached; nil while that is open.
    public var outcome: String?
    /// The uniqueid of the channel that the request creates.
    public var channelID: String?
    /// The address of the server's user; nil for a request of a command.
    public var address: String?

    /// The record as a JSON object; `outcome` is null while it is open.
    public var json: JSON {
        var members: [(String, JSON)] = [
            ("time", .string(time.iso8601)), ("id", .string(id)), ("user", .string(user)),
            ("ami_user", .string(managerUser)), ("pbx", .string(pbx)), ("command", .string(command)),
            ("target", .string(target)), ("decision", .string(decision)), ("reason", reason.map(JSON.string) ?? .null),
            ("outcome", outcome.map(JSON.string) ?? .null), ("channel_id", channelID.map(JSON.string) ?? .null),
        ]
        if let address { members.append(("address", .string(address))) }
        return .object(members)
    }
}
