import Base
import Glibc

/// The file that records who requested what from the PBX, and the outcome: one JSON object on each line.
public struct AuditLog: Sendable {
    /// The file.
    public let path: String
    /// The PBX, by its name in the configuration.
    public let pbx: String
    /// The user of the manager interface.
    public let managerUser: String
    /// Whether numbers are written in full, rather than without their last four digits.
    public let showsNumbers: Bool

    /// The user in whose name requests are made, if it is not the user of the operating system.
    public let actor: Actor?

    /// A user of the server, or a rule that makes requests by itself.
    public struct Actor: Sendable, Equatable {
        /// The name with which they logged in; `staffing:NAME` for a rule.
        public var user: String
        /// The address from which they connected; nil for a rule.
        public var address: String?

        /// A user at an address.
        public init(user: String, address: String? = nil) { (self.user, self.address) = (user, address) }
    }

    /// A log in a private file, which is created when the first record is written.
    public init(
        path: String,
        pbx: String,
        managerUser: String,
        showsNumbers: Bool = false,
        actor: Actor? = nil
    ) {
        (self.path, self.pbx, self.managerUser, self.showsNumbers) = (path, pbx, managerUser, showsNumbers)
        self.actor = actor
    }

    /// A record of a request that has not been decided yet.
    func record(of order: Order) -> AuditRecord {
        AuditRecord(
            time: Moment.now,
            id: String(UInt64.random(in: .min ... .max), radix: 36),
            user: actor?.user ?? Self.user,
            managerUser: managerUser,
            pbx: pbx,
            command: order.command,
            target: shown(order.target),
            decision: "admitted",
            channelID: order.channelID,
            address: actor?.address
        )
    }

    /// Adds a record.
    ///
    /// - Throws: ``ManagerError`` with code `file`
    func append(_ record: AuditRecord) throws(ManagerError) {
        var record = record
        record.reason = record.reason.map(shown)
        do throws(FileError) {
            let file = try OpenFile(appendingTo: path, folders: 0o700)
            let size = file.size
            let last = size > 0 ? try file.read(1, at: size - 1) : []
            let isTorn = last.contains { $0 != UInt8(ascii: "\n") }
            // One write, so that the lines of two programs do not mix. A line that was cut off by a full disk remains
            // on a line of its own.
            try file.write(Array(((isTorn ? "\n" : "") + record.json.line + "\n").utf8))
        } catch {
            throw ManagerError(
                error.category == .tryAgainLater ? .full : .file,
                "The audit log \(path) cannot be written: \(error.reason)."
            )
        }
    }

    private func shown(_ text: String) -> String { showsNumbers ? text : NumberMask.masked(text) }

    /// The user of the operating system who runs the program.
    package static var user: String {
        var entry = passwd()
        var result: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        guard getpwuid_r(getuid(), &entry, &buffer, buffer.count, &result) == 0, result != nil, let name = entry.pw_name
        else { return "\(getuid())" }
        return String(cString: name)
    }
}
