public import Base

/// One line of the audit log. An order that was let through has two: this one before the PBX hears of it, so that a program
/// that is killed leaves a trace, and one with its outcome, under the same ``id``.
public struct AuditRecord: Sendable, Equatable {
    /// When the line was written.
    public var time: Moment
    /// The order's own id, which its lines share.
    public var id: String
    /// Who gave the order: the user of the operating system, or of the server.
    public var user: String
    /// The user of the manager interface.
    public var managerUser: String
    /// The PBX, as the configuration names it.
    public var pbx: String
    /// The command, such as `queue add`.
    public var command: String
    /// What it was done to.
    public var target: String
    /// `admitted` or `refused`.
    public var decision: String
    /// Which rule refused it, or why it failed; nil if there is nothing to say.
    public var reason: String?
    /// `done`, `failed`, `unknown`, `cancelled`, `refused`, or how far a call came; nil while that is open.
    public var outcome: String?
    /// The uniqueid of the channel that the order makes.
    public var channelID: String?
    /// From where a user of the server gave it; nil for an order of a command.
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
