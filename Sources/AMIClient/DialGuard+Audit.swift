internal import Glibc
internal import Base
internal import AMI

// The audit log: one JSON line an attempt and one for its result, so that a bill can be traced to who made the calls.
extension DialGuard {
    /// Writes a result down. The call is made by then; a full disk must not hide how it went.
    func record(_ request: OriginateRequest, result: String) {
        try? writeAudit(request, result: result)
    }

    func writeAudit(_ request: OriginateRequest, result: String) throws(ManagerError) {
        guard let path = rules.auditFile else { return }
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw unwritable(path) }
        defer { close(file) }
        guard FileBytes.write(Array((line(request, result) + "\n").utf8), to: file) else { throw unwritable(path) }
    }

    private func unwritable(_ path: String) -> ManagerError {
        ManagerError(.file, "The dial guard cannot write the audit log \(path): \(String(cString: strerror(errno))).")
    }

    private func line(_ request: OriginateRequest, _ result: String) -> String {
        var members: [(String, JSON)] = [
            ("time", .string(WallClock.timestamp(WallClock.now))), ("user", .string(Self.user)),
            ("result", .string(result)),
            ("channel_id", .string(request.channelID)), ("channel", .string(request.channel)),
        ]
        switch request.destination {
        case .exten(let exten, let context):
            members += [("exten", .string(exten)), ("context", .string(context))]
        case .application(let name, let data):
            members += [("application", .string(name)), ("data", .string(data))]
        }
        if let callerID = request.callerID { members.append(("caller_id", .string(callerID))) }
        return JSON.object(members).line
    }

    private static var user: String {
        guard let entry = getpwuid(getuid()) else { return "\(getuid())" }
        return String(cString: entry.pointee.pw_name)
    }
}
